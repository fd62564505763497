package dev.meridian.replication.link;

/**
 * A partition as all regions know it.
 *
 * @param globalTable the identifier that all replicas of a table share
 */
public record PartitionRef(String globalTable, int partition) {}
