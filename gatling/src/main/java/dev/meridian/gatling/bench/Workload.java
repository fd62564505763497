package dev.meridian.gatling.bench;

import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What is sent: items of one size under keys of ten digits. */
final class Workload {

    static final String TABLE = "bench";

    /** 'id' and its ten digits, 'v'. */
    private static final int OVERHEAD_BYTES = 2 + 10 + 1;

    private final int keys;
    private final int itemBytes;
    private final String value;

    /**
     * Items under so many keys.
     *
     * @param itemBytes the size of an item as DynamoDB counts it
     */
    Workload(int keys, int itemBytes) {
        this.keys = keys;
        this.itemBytes = itemBytes;
        this.value = "x".repeat(itemBytes - OVERHEAD_BYTES);
    }

    int keys() {
        return keys;
    }

    int itemBytes() {
        return itemBytes;
    }

    static String createTable() {
        return "{\"TableName\":\"" + TABLE + "\",\"BillingMode\":\"PAY_PER_REQUEST\",\"KeySchema\":["
                + "{\"AttributeName\":\"id\",\"KeyType\":\"HASH\"}],\"AttributeDefinitions\":["
                + "{\"AttributeName\":\"id\",\"AttributeType\":\"S\"}]}";
    }

    static String describeTable() {
        return "{\"TableName\":\"" + TABLE + "\"}";
    }

    /** The request for a key. */
    String request(Operation operation, int key) {
        return switch (operation) {
            case PUT_ITEM -> "{\"TableName\":\"" + TABLE + "\",\"Item\":" + item(key) + "}";
            case GET_ITEM -> "{\"TableName\":\"" + TABLE + "\",\"Key\":{\"id\":{\"S\":\"" + id(key) + "\"}}}";
        };
    }

    /** A BatchWriteItem that puts the items of some keys. */
    String puts(IntStream keys) {
        return keys.mapToObj(key -> "{\"PutRequest\":{\"Item\":" + item(key) + "}}")
                .collect(Collectors.joining(",", "{\"RequestItems\":{\"" + TABLE + "\":[", "]}}"));
    }

    /** What GetItem answers. */
    String answer() {
        return "{\"Item\":" + item(0) + "}";
    }

    private String item(int key) {
        return "{\"id\":{\"S\":\"" + id(key) + "\"},\"v\":{\"S\":\"" + value + "\"}}";
    }

    private static String id(int key) {
        return String.format("%010d", key);
    }
}
