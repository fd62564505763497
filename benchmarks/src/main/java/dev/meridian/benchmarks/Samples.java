package dev.meridian.benchmarks;

import dev.meridian.table.definition.Ceiling;
import dev.meridian.table.definition.KeySchema;
import dev.meridian.table.definition.TableSchema;
import dev.meridian.table.key.ItemKey;
import dev.meridian.table.key.KeyEncoder;
import dev.meridian.table.value.AttributeValue;
import dev.meridian.table.value.Item;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What all benchmarks work on: a table of orders, items of some 300 bytes, and requests for them. */
final class Samples {

    /** One partition key, one sort key, no indexes. */
    static final TableSchema TABLE = new TableSchema(
            "orders",
            "arn:aws:dynamodb:us-east-1:000000000000:table/orders",
            1,
            1,
            Map.of("id", "S", "at", "N"),
            new KeySchema(List.of("id"), List.of("at")),
            0,
            Ceiling.NONE,
            "",
            "",
            List.of());

    private static final String NOTE = "Leave it with the neighbours, please. ".repeat(5);

    private Samples() {}

    /** An order as the operations see it. */
    static Item item(long number) {
        Map<String, AttributeValue> attributes = new LinkedHashMap<>();
        attributes.put("id", new AttributeValue.S("order-" + number));
        attributes.put("at", new AttributeValue.N(BigDecimal.valueOf(number)));
        attributes.put("status", new AttributeValue.S("open"));
        attributes.put("price", new AttributeValue.N(new BigDecimal("249.95")));
        attributes.put("paid", new AttributeValue.Bool(true));
        attributes.put(
                "parts",
                new AttributeValue.L(List.of(
                        new AttributeValue.M(Map.of("sku", new AttributeValue.S("A-17"))),
                        new AttributeValue.M(Map.of("sku", new AttributeValue.S("B-4"))))));
        attributes.put("note", new AttributeValue.S(NOTE));
        return new Item(attributes);
    }

    static ItemKey key(long number) {
        return KeyEncoder.itemKey(
                List.of(new AttributeValue.S("order-" + number)),
                List.of(new AttributeValue.N(BigDecimal.valueOf(number))));
    }

    /** A request to write the order whole. */
    static byte[] putItem() {
        return bytes("{\"TableName\":\"orders\",\"Item\":{\"id\":{\"S\":\"order-17\"},\"at\":{\"N\":\"17\"},"
                + "\"status\":{\"S\":\"open\"},\"price\":{\"N\":\"249.95\"},\"paid\":{\"BOOL\":true},\"parts\":{\"L\":"
                + "[{\"M\":{\"sku\":{\"S\":\"A-17\"}}},{\"M\":{\"sku\":{\"S\":\"B-4\"}}}]},\"note\":{\"S\":\"" + NOTE
                + "\"}}}");
    }

    /** A request to read the order. */
    static byte[] getItem() {
        return bytes("{\"TableName\":\"orders\",\"Key\":{\"id\":{\"S\":\"order-17\"},\"at\":{\"N\":\"17\"}}}");
    }

    /** A request to change the order under a condition. */
    static byte[] updateItem() {
        return bytes("{\"TableName\":\"orders\",\"Key\":{\"id\":{\"S\":\"order-17\"},\"at\":{\"N\":\"17\"}},"
                + "\"UpdateExpression\":\"SET #s = :shipped, price = price - :less REMOVE note\","
                + "\"ConditionExpression\":\"#s = :open AND price > :less AND attribute_exists(parts[1].sku)\","
                + "\"ExpressionAttributeNames\":{\"#s\":\"status\"},\"ExpressionAttributeValues\":{\":shipped\":"
                + "{\"S\":\"shipped\"},\":open\":{\"S\":\"open\"},\":less\":{\"N\":\"10\"}}}");
    }

    private static byte[] bytes(String json) {
        return json.getBytes(StandardCharsets.UTF_8);
    }
}
