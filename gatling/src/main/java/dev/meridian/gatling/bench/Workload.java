package dev.meridian.gatling.bench;

/** What is sent: items of 300 bytes under ten thousand keys. */
final class Workload {

    static final int KEYS = 10_000;
    static final String TABLE = "bench";

    /** 'id' and its ten characters, 'v' and the rest: 300 bytes as DynamoDB counts an item. */
    private static final String VALUE = "x".repeat(300 - 2 - 10 - 1);

    private Workload() {}

    static String createTable() {
        return "{\"TableName\":\"" + TABLE + "\",\"BillingMode\":\"PAY_PER_REQUEST\",\"KeySchema\":["
                + "{\"AttributeName\":\"id\",\"KeyType\":\"HASH\"}],\"AttributeDefinitions\":["
                + "{\"AttributeName\":\"id\",\"AttributeType\":\"S\"}]}";
    }

    static String put(int key) {
        return "{\"TableName\":\"" + TABLE + "\",\"Item\":" + item(key) + "}";
    }

    static String get(int key) {
        return "{\"TableName\":\"" + TABLE + "\",\"Key\":{\"id\":{\"S\":\"" + id(key) + "\"}}}";
    }

    static String answer() {
        return "{\"Item\":" + item(0) + "}";
    }

    private static String item(int key) {
        return "{\"id\":{\"S\":\"" + id(key) + "\"},\"v\":{\"S\":\"" + VALUE + "\"}}";
    }

    private static String id(int key) {
        return String.format("%010d", key);
    }
}
