package dev.meridian.table.definition;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What is set for one replica of a global table in place of what all share: its class and how much may be read. Immutable.
 *
 * @param tableClass the replica's class, or empty where the table's counts
 * @param reads of the table itself
 * @param indexes of global indexes, by name; those without any are not named
 */
public record ReplicaOverrides(String tableClass, ReadOverride reads, Map<String, ReadOverride> indexes) {

    /** Nothing of its own. */
    public static final ReplicaOverrides NONE = new ReplicaOverrides("", ReadOverride.NONE, Map.of());

    public ReplicaOverrides {
        Map<String, ReadOverride> named = new LinkedHashMap<>(indexes);
        named.values().removeIf(ReadOverride.NONE::equals);
        indexes = Collections.unmodifiableMap(named);
    }

    /** These overrides, and those where these say nothing. */
    public ReplicaOverrides over(ReplicaOverrides earlier) {
        Map<String, ReadOverride> all = new LinkedHashMap<>(earlier.indexes);
        indexes.forEach((name, asked) -> all.merge(name, asked, (before, now) -> now.over(before)));
        return new ReplicaOverrides(
                tableClass.isEmpty() ? earlier.tableClass : tableClass, reads.over(earlier.reads), all);
    }

    /** What is left once the definition that all share has changed: a value that is another now is so in every replica. */
    public ReplicaOverrides after(TableDefinition before, TableDefinition after) {
        Map<String, ReadOverride> left = new LinkedHashMap<>();
        indexes.forEach((name, override) -> after.index(name).ifPresent(index -> {
            CapacityDefinition was =
                    before.index(name).map(IndexDefinition::capacity).orElse(index.capacity());
            left.put(name, after(override, was, index.capacity()));
        }));
        return new ReplicaOverrides(
                before.tableClass().equals(after.tableClass()) ? tableClass : "",
                after(reads, before.capacity(), after.capacity()),
                left);
    }

    private static ReadOverride after(ReadOverride override, CapacityDefinition before, CapacityDefinition after) {
        boolean isProvisioned =
                before.provisioned().readUnits() == after.provisioned().readUnits();
        boolean isMaximum = before.maximum().readUnits() == after.maximum().readUnits();
        return new ReadOverride(isProvisioned ? override.provisioned() : 0, isMaximum ? override.maximum() : 0);
    }
}
