package dev.meridian.table.capacity;

import dev.meridian.table.definition.IndexSchema;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Capacity units consumed of one table. Immutable.
 *
 * @param table what the table itself took
 * @param indexes what its indexes took; those that took nothing are not among them
 */
public record Units(double table, Map<IndexSchema, Double> indexes) {

    public static final Units NONE = new Units(0, Map.of());

    public static Units ofTable(double units) {
        return new Units(units, Map.of());
    }

    /** What a read took of an index, or of the table where there is none. */
    public static Units ofRead(@Nullable IndexSchema index, double units) {
        return index == null ? ofTable(units) : new Units(0, Map.of(index, units));
    }

    /** All of it. */
    public double total() {
        double total = table;
        for (double index : indexes.values()) {
            total += index;
        }
        return total;
    }

    public Units plus(Units other) {
        if (indexes.isEmpty() && other.indexes.isEmpty()) {
            return ofTable(table + other.table);
        }
        Map<IndexSchema, Double> sum = new LinkedHashMap<>(indexes);
        other.indexes.forEach((index, units) -> sum.merge(index, units, Double::sum));
        return new Units(table + other.table, sum);
    }

    public Units times(int factor) {
        Map<IndexSchema, Double> product = new LinkedHashMap<>();
        indexes.forEach((index, units) -> product.put(index, units * factor));
        return new Units(table * factor, product);
    }
}
