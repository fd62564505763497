package dev.meridian.node.catalogue;

import dev.meridian.table.definition.IndexDefinition;
import dev.meridian.table.definition.TableDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * Where a secondary index stands in this region.
 *
 * @param number its number in the store, not given to another while its rows are there
 * @param shape what tells its rows from those of another index under the same name
 */
public record IndexState(int number, Phase phase, String shape) {

    static IndexState of(TableDefinition table, IndexDefinition index, int number, Phase phase) {
        return new IndexState(number, phase, shape(table, index));
    }

    /** Keys with their types, and what is projected. */
    static String shape(TableDefinition table, IndexDefinition index) {
        List<String> keys = new ArrayList<>();
        index.key()
                .hash()
                .forEach(name ->
                        keys.add("hash " + name + " " + table.attributeTypes().get(name)));
        index.key()
                .range()
                .forEach(name ->
                        keys.add("range " + name + " " + table.attributeTypes().get(name)));
        return keys + " " + index.projection() + " " + new TreeSet<>(index.nonKeyAttributes());
    }

    IndexState in(Phase next) {
        return new IndexState(number, next, shape);
    }

    /** How far it has come. */
    public enum Phase {
        /** Kept up to date, while the items that were there before are added. */
        BACKFILLING,
        ACTIVE,
        /** No longer used; its rows are being removed. */
        LEAVING
    }
}
