package dev.meridian.table.definition;

import java.util.List;

/**
 * What a description says of a table beyond its definition.
 *
 * @param createdMillis since 1970 UTC
 * @param replicas the other regions of a global table, in the order they came; empty for a regional table
 */
public record TableFacts(
        String arn,
        String id,
        String status,
        long createdMillis,
        long itemCount,
        long sizeBytes,
        String streamLabel,
        List<Replica> replicas) {

    /** A replica in another region. */
    public record Replica(String region, String status) {}
}
