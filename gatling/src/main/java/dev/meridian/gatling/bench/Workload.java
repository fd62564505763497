package dev.meridian.gatling.bench;

import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What is sent: items of one size under keys of ten digits. */
final class Workload {

    static final String TABLE = "bench";

    private static final int ID_LENGTH = 10;
    /** 'id' and its digits, 'v'. */
    private static final int OVERHEAD_BYTES = 2 + ID_LENGTH + 1;

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

    static Request createTable() {
        return new Request(
                "CreateTable",
                "{\"TableName\":\"" + TABLE + "\",\"BillingMode\":\"PAY_PER_REQUEST\",\"KeySchema\":["
                        + "{\"AttributeName\":\"id\",\"KeyType\":\"HASH\"}],\"AttributeDefinitions\":["
                        + "{\"AttributeName\":\"id\",\"AttributeType\":\"S\"}]}");
    }

    static Request describeTable() {
        return new Request("DescribeTable", "{\"TableName\":\"" + TABLE + "\"}");
    }

    /** The request for a key. */
    Request request(Operation operation, int key) {
        String body = switch (operation) {
            case PUT_ITEM -> "{\"TableName\":\"" + TABLE + "\",\"Item\":" + item(key) + "}";
            case GET_ITEM -> "{\"TableName\":\"" + TABLE + "\",\"Key\":{\"id\":{\"S\":\"" + id(key) + "\"}}}";
        };
        return new Request(operation.title(), body);
    }

    /** A BatchWriteItem that puts the items of some keys. */
    Request puts(IntStream keys) {
        return new Request(
                "BatchWriteItem",
                keys.mapToObj(key -> "{\"PutRequest\":{\"Item\":" + item(key) + "}}")
                        .collect(Collectors.joining(",", "{\"RequestItems\":{\"" + TABLE + "\":[", "]}}")));
    }

    /** What GetItem answers. */
    String answer() {
        return "{\"Item\":" + item(0) + "}";
    }

    private String item(int key) {
        return "{\"id\":{\"S\":\"" + id(key) + "\"},\"v\":{\"S\":\"" + value + "\"}}";
    }

    private static String id(int key) {
        String digits = Integer.toString(key);
        return "0".repeat(ID_LENGTH - digits.length()) + digits;
    }
}
