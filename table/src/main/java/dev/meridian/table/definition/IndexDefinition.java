package dev.meridian.table.definition;

import java.util.List;

/**
 * A secondary index as it was asked for.
 *
 * @param projection ALL, KEYS_ONLY or INCLUDE
 * @param throughput the index's own provisioned capacity; zero for local indexes and on-demand tables
 */
public record IndexDefinition(
        String name,
        boolean local,
        KeySchema key,
        String projection,
        List<String> nonKeyAttributes,
        Throughput throughput) {

    IndexDefinition withThroughput(Throughput changed) {
        return new IndexDefinition(name, local, key, projection, nonKeyAttributes, changed);
    }
}
