package dev.meridian.table.operation;

import dev.meridian.table.definition.IndexSchema;
import dev.meridian.table.definition.KeySchema;
import dev.meridian.table.definition.TableSchema;
import dev.meridian.table.index.KeyTypes;
import dev.meridian.table.key.ItemKey;
import dev.meridian.table.key.KeyEncoder;
import dev.meridian.table.value.AttributeValue;
import dev.meridian.table.value.Item;
import dev.meridian.table.value.Utf8;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Primary keys of a table: found in items and in requests, checked in the service's words. */
final class PrimaryKeys {

    private static final String INVALID = "One or more parameter values were invalid: ";
    private static final String NOT_THE_SCHEMA = "The provided key element does not match the schema";
    private static final int HASH_BYTES_MAX = 2_048;
    private static final int RANGE_BYTES_MAX = 1_024;

    private PrimaryKeys() {}

    /** The key of an item to be put. */
    static ItemKey ofItem(TableSchema table, Item item) {
        for (String name : names(table.primaryKey())) {
            AttributeValue value = item.get(name);
            String type = table.attributeTypes().get(name);
            if (value == null) {
                throw new SchemaMismatchException(INVALID + "Missing the key " + name + " in the item");
            }
            if (!KeyTypes.is(value, type)) {
                throw new SchemaMismatchException(INVALID + "Type mismatch for key " + name + " expected: " + type
                        + " actual: " + KeyTypes.name(value));
            }
        }
        return encode(table, item.attributes());
    }

    /** The key given in a request's {@code Key}. */
    static ItemKey ofRequest(TableSchema table, Map<String, AttributeValue> key) {
        List<String> names = names(table.primaryKey());
        if (key.size() != names.size()) {
            throw new SchemaMismatchException(NOT_THE_SCHEMA);
        }
        for (String name : names) {
            AttributeValue value = key.get(name);
            if (value == null || !KeyTypes.is(value, table.attributeTypes().get(name))) {
                throw new SchemaMismatchException(NOT_THE_SCHEMA);
            }
        }
        return encode(table, key);
    }

    private static ItemKey encode(TableSchema table, Map<String, AttributeValue> attributes) {
        KeySchema key = table.primaryKey();
        return KeyEncoder.itemKey(
                values(key.hash(), attributes, HASH_BYTES_MAX, true),
                values(key.range(), attributes, RANGE_BYTES_MAX, false));
    }

    private static List<AttributeValue> values(
            List<String> names, Map<String, AttributeValue> attributes, int bytesMax, boolean partition) {
        List<AttributeValue> values = new ArrayList<>(names.size());
        for (String name : names) {
            AttributeValue value = attributes.get(name);
            if (value == null) {
                throw new SchemaMismatchException(NOT_THE_SCHEMA);
            }
            checkSize(name, value, bytesMax, partition);
            values.add(value);
        }
        return values;
    }

    private static void checkSize(String name, AttributeValue value, int bytesMax, boolean partition) {
        int bytes;
        if (value instanceof AttributeValue.S s) {
            bytes = Utf8.length(s.value());
        } else if (value instanceof AttributeValue.B b) {
            bytes = b.value().length();
        } else {
            return;
        }
        if (bytes == 0) {
            String kind = value instanceof AttributeValue.S ? "string" : "binary";
            throw new SchemaMismatchException(
                    "One or more parameter values are not valid. The AttributeValue for a key "
                            + "attribute cannot contain an empty " + kind + " value. Key: " + name);
        }
        if (bytes > bytesMax) {
            throw new SchemaMismatchException(INVALID
                    + (partition
                            ? "Size of hashkey has exceeded the maximum size limit of" + bytesMax + " bytes"
                            : "Aggregated size of all range keys has exceeded the size limit of " + bytesMax
                                    + " bytes"));
        }
    }

    /** Refuses an item whose attributes cannot be keys of an index of the table. */
    static void checkIndexKeys(TableSchema table, Item item) {
        for (IndexSchema index : table.indexes()) {
            for (String name : names(index.key())) {
                AttributeValue value = item.get(name);
                String type = table.attributeTypes().get(name);
                if (value != null && !KeyTypes.is(value, type)) {
                    throw new SchemaMismatchException(INVALID + "Type mismatch for Index Key " + name + " Expected: "
                            + type + " Actual: " + KeyTypes.name(value) + " IndexName: " + index.name());
                }
                if (value != null && isEmpty(value)) {
                    throw new SchemaMismatchException(
                            "One or more parameter values are not valid. A value specified for a "
                                    + "secondary index key is not supported. The AttributeValue for a key attribute cannot contain "
                                    + "an empty " + (value instanceof AttributeValue.S ? "string" : "binary")
                                    + " value. IndexName: " + index.name() + ", IndexKey: " + name);
                }
            }
        }
    }

    /** Refuses an update that gives one of these attributes a value that cannot be a key of an index of the table. */
    static void checkUpdatedIndexKeys(TableSchema table, Item item, Set<String> updated) {
        for (IndexSchema index : table.indexes()) {
            for (String name : names(index.key())) {
                AttributeValue value = item.get(name);
                if (value == null || !updated.contains(name)) {
                    continue;
                }
                if (!KeyTypes.is(value, table.attributeTypes().get(name))) {
                    throw new SchemaMismatchException(
                            "The update expression attempted to update the secondary index key to unsupported type");
                }
                if (isEmpty(value)) {
                    throw new SchemaMismatchException(
                            "One or more parameter values are not valid. The update expression "
                                    + "attempted to update a secondary index key to a value that is not supported. The "
                                    + "AttributeValue for a key attribute cannot contain an empty "
                                    + (value instanceof AttributeValue.S ? "string" : "binary") + " value.");
                }
            }
        }
    }

    private static boolean isEmpty(AttributeValue value) {
        return value instanceof AttributeValue.S s && s.value().isEmpty()
                || value instanceof AttributeValue.B b && b.value().length() == 0;
    }

    static List<String> names(KeySchema key) {
        List<String> names = new ArrayList<>(key.hash());
        names.addAll(key.range());
        return names;
    }

    /** The key attributes of an item, in the schema's order. */
    static Map<String, AttributeValue> attributes(KeySchema key, Item item) {
        Map<String, AttributeValue> attributes = new LinkedHashMap<>();
        for (String name : names(key)) {
            AttributeValue value = item.get(name);
            if (value != null) {
                attributes.put(name, value);
            }
        }
        return attributes;
    }
}
