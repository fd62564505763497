package dev.meridian.table.definition;

import java.util.List;

/**
 * A secondary index as it was asked for.
 *
 * @param projection ALL, KEYS_ONLY or INCLUDE
 * @param capacity the index's own throughput; nothing for local indexes
 */
public record IndexDefinition(
        String name,
        boolean local,
        KeySchema key,
        String projection,
        List<String> nonKeyAttributes,
        CapacityDefinition capacity) {

    IndexDefinition withCapacity(CapacityDefinition changed) {
        return new IndexDefinition(name, local, key, projection, nonKeyAttributes, changed);
    }
}
