package dev.meridian.table.definition;

import java.util.List;
import java.util.Map;

/**
 * What a description says of a table beyond its definition.
 *
 * @param createdMillis since 1970 UTC
 * @param streamLabel the label of the stream turned on last, or empty where there never was one
 * @param indexes how the indexes stand, by name
 * @param global whether the table is global
 * @param settingsMode how its settings are replicated
 * @param strong whether it is strongly consistent over its regions
 * @param witnesses the regions that decide without a replica
 * @param replicas the other regions of a global table, in the order they came
 */
public record TableFacts(
        String arn,
        String id,
        String status,
        long createdMillis,
        Size size,
        String streamLabel,
        Map<String, Index> indexes,
        boolean global,
        String settingsMode,
        boolean strong,
        List<Witness> witnesses,
        List<Replica> replicas) {

    /** How many items there are, and how many bytes they take. */
    public record Size(long items, long bytes) {}

    /**
     * How an index stands.
     *
     * @param filling whether it is being filled with the items that were there before it
     * @param active whether it holds every item
     */
    public record Index(boolean filling, boolean active, Size size) {}

    /**
     * A replica in another region.
     *
     * @param overrides what is set for that replica alone
     * @param warm what is warm there
     */
    public record Replica(String region, String arn, String status, ReplicaOverrides overrides, Throughput warm) {}

    /** A region that decides without a replica. */
    public record Witness(String region, String status) {}
}
