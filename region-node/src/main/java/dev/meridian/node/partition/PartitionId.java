package dev.meridian.node.partition;

/**
 * Which partition, of which table, in which region.
 *
 * @param table the table's number in this region's store
 * @param globalTable the identifier all replicas of the table share
 */
public record PartitionId(String region, int table, int partition, String globalTable) {}
