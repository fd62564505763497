package dev.meridian.table.operation;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.meridian.table.definition.IndexSchema;
import dev.meridian.table.definition.TableSchema;
import dev.meridian.table.key.KeyBytes;
import dev.meridian.table.key.KeyEncoder;
import dev.meridian.table.model.Struct;
import dev.meridian.table.value.AttributeValue;
import dev.meridian.table.value.Item;
import dev.meridian.table.value.ItemSize;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes {@code ItemCollectionMetrics}: the items of one partition key, in a table with local indexes and in these. */
final class ItemCollections {

    private static final double GIGABYTE = 1L << 30;

    private ItemCollections() {}

    static boolean isAskedFor(Struct request) {
        return "SIZE".equals(request.text("ReturnItemCollectionMetrics"));
    }

    /** As a member of the answer to a write of one item; nothing for a table without local indexes. */
    static void write(JsonGenerator json, TableSchema table, Item item, Plan.Readers readers) throws IOException {
        if (hasCollections(table)) {
            json.writeObjectFieldStart("ItemCollectionMetrics");
            members(json, table, item, readers);
            json.writeEndObject();
        }
    }

    /** As a member of the answer to writes of many items: by table, each collection once. */
    static void writeAll(
            JsonGenerator json, Map<String, TableSchema> tables, Map<String, List<Item>> items, Plan.Readers readers)
            throws IOException {
        json.writeObjectFieldStart("ItemCollectionMetrics");
        for (Map.Entry<String, TableSchema> table : tables.entrySet()) {
            if (!hasCollections(table.getValue())) {
                continue;
            }
            Map<List<AttributeValue>, Item> collections = new LinkedHashMap<>();
            items.getOrDefault(table.getKey(), List.of())
                    .forEach(item -> collections.putIfAbsent(partitionKey(table.getValue(), item), item));
            json.writeArrayFieldStart(table.getKey());
            for (Item item : collections.values()) {
                json.writeStartObject();
                members(json, table.getValue(), item, readers);
                json.writeEndObject();
            }
            json.writeEndArray();
        }
        json.writeEndObject();
    }

    private static boolean hasCollections(TableSchema table) {
        return table.indexes().stream().anyMatch(IndexSchema::local);
    }

    private static void members(JsonGenerator json, TableSchema table, Item item, Plan.Readers readers)
            throws IOException {
        List<AttributeValue> partitionKey = partitionKey(table, item);
        Map<String, AttributeValue> shown = new LinkedHashMap<>();
        for (int i = 0; i < partitionKey.size(); i++) {
            shown.put(table.primaryKey().hash().get(i), partitionKey.get(i));
        }
        Answer.item(json, "ItemCollectionKey", new Item(shown));
        double gigabytes = Math.floor(bytes(table, partitionKey, readers.open(table)) / GIGABYTE);
        json.writeArrayFieldStart("SizeEstimateRangeGB");
        json.writeNumber(gigabytes);
        json.writeNumber(gigabytes + 1);
        json.writeEndArray();
    }

    private static List<AttributeValue> partitionKey(TableSchema table, Item item) {
        List<AttributeValue> values = new ArrayList<>();
        for (String name : table.primaryKey().hash()) {
            AttributeValue value = item.get(name);
            if (value != null) {
                values.add(value);
            }
        }
        return values;
    }

    /** What the collection takes in the table and in its local indexes. */
    private static long bytes(TableSchema table, List<AttributeValue> partitionKey, TableReader reader) {
        byte[] from = KeyEncoder.hashPrefix(partitionKey);
        byte[] to = KeyBytes.afterPrefix(from);
        long[] bytes = new long[1];
        TableReader.Visitor adding = (key, row) -> {
            bytes[0] += ItemSize.of(row);
            return true;
        };
        reader.scan(TableReader.TABLE, from, to, true, adding);
        for (IndexSchema index : table.indexes()) {
            if (index.local()) {
                reader.scan(index.number(), from, to, true, adding);
            }
        }
        return bytes[0];
    }
}
