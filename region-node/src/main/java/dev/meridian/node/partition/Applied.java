package dev.meridian.node.partition;

/**
 * A partition's answer to {@link PartitionCommand.Apply}, {@link PartitionCommand.Merge}, {@link PartitionCommand.Reindex}, {@link
 * PartitionCommand.Adopt} and {@link PartitionCommand.Collect}.
 */
public sealed interface Applied {

    PartitionId partition();

    /** The tag of the {@link PartitionCommand.Apply}; 0 for the others. */
    long tag();

    /** Durable. */
    record Merged(PartitionId partition, long tag, ApplyOutcome.Merged outcome) implements Applied {}

    /** Not applied, because records between are missing. */
    record Gap(PartitionId partition, long tag, long checkpoint) implements Applied {}

    /** Not applied, or nobody knows; the checkpoint in the store tells. */
    record Failed(PartitionId partition, long tag, Throwable failure) implements Applied {}
}
