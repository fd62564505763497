package dev.meridian.node.partition;

import dev.meridian.replication.log.Conflict;
import dev.meridian.storage.WriteBatch;
import java.util.List;

/** What a partition made of records from another region. */
public sealed interface ApplyOutcome {

    /**
     * To be committed.
     *
     * @param ticket the commit's number in this partition
     * @param checkpoint the origin's highest sequence applied once this is durable
     * @param applied records that became the item's image
     * @param superseded records that lost to a newer version
     * @param duplicates records already known
     * @param conflicts writes lost to a write that did not know of them
     */
    record Merged(
            WriteBatch batch,
            long ticket,
            long checkpoint,
            int applied,
            int superseded,
            int duplicates,
            List<Conflict> conflicts)
            implements ApplyOutcome {}

    /** The records do not continue where the checkpoint stands; nothing was done. */
    record Gap(long checkpoint) implements ApplyOutcome {}
}
