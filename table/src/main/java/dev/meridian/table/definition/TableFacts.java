package dev.meridian.table.definition;

import java.util.List;
import java.util.Set;

/**
 * What a description says of a table beyond its definition.
 *
 * @param createdMillis since 1970 UTC
 * @param streamLabel the label of the stream turned on last, or empty where there never was one
 * @param filling the indexes that do not hold every item yet
 * @param global whether the table is global
 * @param replicas the other regions of a global table, in the order they came
 */
public record TableFacts(
        String arn,
        String id,
        String status,
        long createdMillis,
        long itemCount,
        long sizeBytes,
        String streamLabel,
        Set<String> filling,
        boolean global,
        List<Replica> replicas) {

    /** A replica in another region. */
    public record Replica(String region, String status) {}
}
