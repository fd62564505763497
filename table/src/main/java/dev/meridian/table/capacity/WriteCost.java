package dev.meridian.table.capacity;

import dev.meridian.table.definition.IndexSchema;
import dev.meridian.table.definition.TableSchema;
import dev.meridian.table.index.IndexRows;
import dev.meridian.table.value.Item;
import dev.meridian.table.value.ItemSize;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a write costs: the table by the greater of the item's sizes before and after, every index by what becomes of the item's
 * entry in it. An entry that is put or removed costs its size, one that changes the greater size, one that moves to another key
 * both, one that stays as it is nothing.
 */
public final class WriteCost {

    private WriteCost() {}

    /** The cost of taking an item from one image to the other; null: no item. */
    public static Units of(TableSchema table, @Nullable Item before, @Nullable Item after) {
        double units = UnitSizes.write(Math.max(size(before), size(after)));
        if (table.indexes().isEmpty()) {
            return Units.ofTable(units);
        }
        Map<IndexSchema, Double> indexes = new LinkedHashMap<>();
        for (IndexSchema index : table.indexes()) {
            double cost = entry(table, index, before, after);
            if (cost > 0) {
                indexes.put(index, cost);
            }
        }
        return new Units(units, indexes);
    }

    private static double entry(TableSchema table, IndexSchema index, @Nullable Item before, @Nullable Item after) {
        Item old = before == null ? null : IndexRows.entry(table, index, before);
        Item now = after == null ? null : IndexRows.entry(table, index, after);
        if (old == null || now == null) {
            return old == now ? 0 : UnitSizes.write(size(old) + size(now));
        }
        if (old.equals(now)) {
            return 0;
        }
        boolean isMoved = !IndexRows.isSameKey(index, old, now);
        return isMoved
                ? UnitSizes.write(size(old)) + UnitSizes.write(size(now))
                : UnitSizes.write(Math.max(size(old), size(now)));
    }

    private static int size(@Nullable Item item) {
        return item == null ? 0 : ItemSize.of(item);
    }
}
