package dev.meridian.table.index;

import dev.meridian.table.definition.IndexSchema;
import dev.meridian.table.definition.TableSchema;
import dev.meridian.table.key.ItemKey;
import dev.meridian.table.key.KeyEncoder;
import dev.meridian.table.value.AttributeValue;
import dev.meridian.table.value.Item;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What becomes of a table's index rows when an item changes. */
public final class IndexRows {

    /**
     * One index row to write or remove.
     *
     * @param index the index's number
     * @param item the projected item, or null to remove the row
     */
    public record Change(int index, byte[] rowKey, @Nullable Item item) {}

    private IndexRows() {}

    /** The changes that take every index from the image before to the image after; null: no item. */
    public static List<Change> changes(TableSchema table, ItemKey key, @Nullable Item before, @Nullable Item after) {
        if (table.indexes().isEmpty()) {
            return List.of();
        }
        List<Change> changes = new ArrayList<>();
        for (IndexSchema index : table.indexes()) {
            byte[] old = before == null ? null : rowKey(table, index, key, before);
            byte[] now = after == null ? null : rowKey(table, index, key, after);
            if (old != null && (now == null || !Arrays.equals(old, now))) {
                changes.add(new Change(index.number(), old, null));
            }
            if (now != null && after != null) {
                changes.add(new Change(index.number(), now, project(table, index, after)));
            }
        }
        return changes;
    }

    /** The item's row key in an index, or null where the item lacks one of the index's key attributes. */
    public static byte @Nullable [] rowKey(TableSchema table, IndexSchema index, ItemKey key, Item item) {
        List<AttributeValue> hash = values(table, index.key().hash(), item);
        List<AttributeValue> range = values(table, index.key().range(), item);
        return hash == null || range == null ? null : KeyEncoder.indexRowKey(hash, range, key);
    }

    /** The item's entry in an index, or null where it has none. */
    public static @Nullable Item entry(TableSchema table, IndexSchema index, Item item) {
        boolean isThere = values(table, index.key().hash(), item) != null
                && values(table, index.key().range(), item) != null;
        return isThere ? project(table, index, item) : null;
    }

    /** Whether two entries of one item stand in the same place of an index. */
    public static boolean isSameKey(IndexSchema index, Item one, Item other) {
        return Stream.concat(index.key().hash().stream(), index.key().range().stream())
                .allMatch(name -> Objects.equals(one.get(name), other.get(name)));
    }

    private static @Nullable List<AttributeValue> values(TableSchema table, List<String> names, Item item) {
        List<AttributeValue> values = new ArrayList<>(names.size());
        for (String name : names) {
            AttributeValue value = item.get(name);
            if (value == null || !KeyTypes.is(value, table.attributeTypes().get(name))) {
                return null;
            }
            values.add(value);
        }
        return values;
    }

    private static Item project(TableSchema table, IndexSchema index, Item item) {
        if (index.projection().equals("ALL")) {
            return item;
        }
        Map<String, AttributeValue> kept = new LinkedHashMap<>();
        item.attributes().forEach((name, value) -> {
            if (isProjected(table, index, name)) {
                kept.put(name, value);
            }
        });
        return new Item(kept);
    }

    /** Whether an index holds that attribute. */
    public static boolean isProjected(TableSchema table, IndexSchema index, String name) {
        return index.projection().equals("ALL")
                || table.primaryKey().hash().contains(name)
                || table.primaryKey().range().contains(name)
                || index.key().hash().contains(name)
                || index.key().range().contains(name)
                || index.nonKeyAttributes().contains(name);
    }
}
