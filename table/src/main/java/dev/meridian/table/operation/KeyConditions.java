package dev.meridian.table.operation;

import dev.meridian.table.definition.KeySchema;
import dev.meridian.table.definition.TableSchema;
import dev.meridian.table.expression.Condition;
import dev.meridian.table.expression.KeyCondition;
import dev.meridian.table.index.KeyTypes;
import dev.meridian.table.key.KeyBytes;
import dev.meridian.table.key.KeyEncoder;
import dev.meridian.table.model.ServiceException;
import dev.meridian.table.value.AttributeValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** From a key condition to the range of keys that meet it. */
final class KeyConditions {

    /** A range of row keys: from inclusive, to exclusive (null: no end). */
    record Range(byte[] from, byte @Nullable [] to) {

        /** Whether all keys of the range have one hash, and so stand in one partition. */
        boolean isWithinOneHash() {
            return from.length > KeyEncoder.HASH_BYTES
                    && to != null
                    && Arrays.equals(from, 0, KeyEncoder.HASH_BYTES, to, 0, KeyEncoder.HASH_BYTES);
        }

        boolean isEmpty() {
            return to != null && Arrays.compareUnsigned(from, to) >= 0;
        }

        /** Whether the key, which is not before this range, lies in it. */
        boolean reaches(byte[] key) {
            return to == null || Arrays.compareUnsigned(key, to) < 0;
        }

        /** What lies in both. */
        Range and(Range other) {
            return new Range(
                    Arrays.compareUnsigned(from, other.from) >= 0 ? from : other.from, reaches(other) ? other.to : to);
        }

        /** Both, where they touch. */
        Range or(Range other) {
            return new Range(
                    Arrays.compareUnsigned(from, other.from) <= 0 ? from : other.from, reaches(other) ? to : other.to);
        }

        /** Whether this range ends no earlier. */
        private boolean reaches(Range other) {
            return to == null || (other.to != null && Arrays.compareUnsigned(to, other.to) >= 0);
        }
    }

    private KeyConditions() {}

    static Range range(TableSchema table, KeySchema schema, Condition condition) {
        Map<String, KeyCondition> byAttribute = new LinkedHashMap<>();
        for (KeyCondition part : KeyCondition.partsOf(condition)) {
            if (byAttribute.put(part.attribute(), part) != null) {
                throw ServiceException.validation(
                        "Invalid KeyConditionExpression: KeyConditionExpressions must only contain one condition per key");
            }
        }
        List<AttributeValue> hash = new ArrayList<>();
        for (String name : schema.hash()) {
            KeyCondition part = byAttribute.remove(name);
            if (part == null) {
                throw ServiceException.validation("Query condition missed key schema element: " + name);
            }
            if (!part.operator().equals("=")) {
                throw ServiceException.validation("Query key condition not supported");
            }
            hash.add(checked(table, name, part.value()));
        }
        byte[] prefix = KeyEncoder.hashPrefix(hash);
        for (String name : schema.range()) {
            KeyCondition part = byAttribute.remove(name);
            if (part == null) {
                break;
            }
            checked(table, name, part.value());
            if (!part.operator().equals("=")) {
                refuseOthers(byAttribute, schema);
                return within(table, name, prefix, part);
            }
            prefix = KeyBytes.join(prefix, KeyEncoder.encode(part.value()));
        }
        refuseOthers(byAttribute, schema);
        return new Range(prefix, KeyBytes.afterPrefix(prefix));
    }

    private static void refuseOthers(Map<String, KeyCondition> rest, KeySchema schema) {
        if (rest.isEmpty()) {
            return;
        }
        if (schema.range().isEmpty() || rest.keySet().stream().anyMatch(schema.range()::contains)) {
            throw ServiceException.validation("Query key condition not supported");
        }
        throw ServiceException.validation(
                "Query condition missed key schema element: " + schema.range().get(0));
    }

    private static AttributeValue checked(TableSchema table, String name, AttributeValue value) {
        if (!KeyTypes.is(value, table.attributeTypes().get(name))) {
            throw ServiceException.validation(
                    "One or more parameter values were invalid: Condition parameter type does not "
                            + "match schema type");
        }
        boolean empty = value instanceof AttributeValue.S s && s.value().isEmpty()
                || value instanceof AttributeValue.B b && b.value().length() == 0;
        if (empty) {
            throw ServiceException.validation(
                    "One or more parameter values are not valid. The AttributeValue for a key "
                            + "attribute cannot contain an empty "
                            + (value instanceof AttributeValue.S ? "string" : "binary")
                            + " value. Key: " + name);
        }
        return value;
    }

    private static Range within(TableSchema table, String name, byte[] prefix, KeyCondition part) {
        byte[] value = KeyBytes.join(prefix, KeyEncoder.encode(part.value()));
        byte[] end = KeyBytes.afterPrefix(prefix);
        switch (part.operator()) {
            case "<":
                return new Range(prefix, value);
            case "<=":
                return new Range(prefix, KeyBytes.afterPrefix(value));
            case ">":
                byte[] after = KeyBytes.afterPrefix(value);
                return after == null ? new Range(prefix, prefix) : new Range(after, end);
            case ">=":
                return new Range(value, end);
            case "BETWEEN":
                AttributeValue upper = part.upper();
                if (upper == null) {
                    throw new IllegalStateException("BETWEEN without an upper bound");
                }
                byte[] high = KeyBytes.join(prefix, KeyEncoder.encode(checked(table, name, upper)));
                return new Range(value, KeyBytes.afterPrefix(high));
            case "begins_with":
                byte[] start = KeyBytes.join(prefix, KeyEncoder.encodePrefix(part.value()));
                return new Range(start, KeyBytes.afterPrefix(start));
            default:
                throw ServiceException.validation("Query key condition not supported");
        }
    }
}
