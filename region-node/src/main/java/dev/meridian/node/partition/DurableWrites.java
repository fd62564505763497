package dev.meridian.node.partition;

import dev.meridian.replication.log.ChangeRecord;

/** Learns of this region's own changes in the order of their sequences, once each is durable. Must not block. */
@FunctionalInterface
public interface DurableWrites {

    void durable(PartitionId partition, ChangeRecord change);
}
