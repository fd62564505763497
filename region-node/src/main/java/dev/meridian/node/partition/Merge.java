package dev.meridian.node.partition;

import dev.meridian.conflict.Reconciliation;
import dev.meridian.replication.log.Conflict;
import dev.meridian.replication.log.RowKeys;
import dev.meridian.replication.log.StampedImage;
import dev.meridian.storage.WriteBatch;
import dev.meridian.table.key.ItemKey;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One round of reconciling: what has been gathered for its single batch. */
final class Merge {

    /** What became of one incoming row: whether it changed the item, what was before and what is now. */
    record Taken(boolean isApplied, @Nullable StampedImage before, StampedImage after) {}

    private final PartitionRows rows;
    private final WriteBatch batch = new WriteBatch();
    private final List<Conflict> conflicts = new ArrayList<>();
    private final long nowMillis;
    private final long ticket;
    private int applied;
    private int superseded;
    private int duplicates;

    /** {@code lastTicket} is that of the last batch before. */
    Merge(PartitionRows rows, long lastTicket, long nowMillis) {
        this.rows = rows;
        this.ticket = lastTicket + 1;
        this.nowMillis = nowMillis;
    }

    /** What is to be written so far. */
    WriteBatch batch() {
        return batch;
    }

    /** A record that was known. */
    void passOver() {
        duplicates++;
    }

    /** Something changed that is no row of another replica. */
    void count() {
        applied++;
    }

    int counted() {
        return applied;
    }

    boolean isUntouched() {
        return batch.isEmpty();
    }

    /** Reconciles a row of another replica with what stands here. */
    Taken take(ItemKey key, StampedImage incoming) {
        rows.clock().witness(incoming.stamp().version().timestamp());
        CurrentItem current = rows.current(key);
        StampedImage here = current.image();
        if (here == null && rows.tombstones().isPast(incoming.stamp().version())) {
            duplicates++;
            return new Taken(false, null, incoming);
        }
        StampedImage known = rows.policy().isByAttribute() ? rows.known(current) : null;
        if (known != null) {
            return blend(key, current, known, incoming);
        }
        Reconciliation result = rows.policy().reconcile(here == null ? null : here.stamp(), incoming.stamp());
        if (result instanceof Reconciliation.Applied won) {
            applied++;
            CurrentItem after = CurrentItem.of(incoming.stamped(won.stamp()), ticket);
            rows.charge(current, after);
            rows.replace(batch, key, current, after, nowMillis);
            if (won.conflict() && here != null) {
                record(key, incoming, here);
            }
        } else if (result instanceof Reconciliation.Superseded lost && here != null) {
            superseded++;
            StampedImage stands = here.stamped(lost.stamp());
            rows.replace(batch, key, current, CurrentItem.of(stands, ticket), nowMillis);
            if (lost.conflict()) {
                record(key, here, incoming);
            }
        } else {
            duplicates++;
        }
        return new Taken(result instanceof Reconciliation.Applied, here, incoming);
    }

    /** Of each attribute the later write stays. */
    private Taken blend(ItemKey key, CurrentItem current, StampedImage here, StampedImage incoming) {
        // A copied row may be of several writes: that its latest is known here does not say that the others are.
        if (here.stamp().seen().covers(incoming.stamp().seen())) {
            duplicates++;
            return new Taken(false, here, here);
        }
        AttributeMerge blend = AttributeMerge.of(rows.table().primaryKey(), here, current.item(), incoming);
        CurrentItem after = CurrentItem.of(blend.image(), blend.item(), ticket);
        rows.charge(current, after);
        if (blend.changesItem()) {
            applied++;
        } else {
            superseded++;
        }
        rows.replace(batch, key, current, after, nowMillis);
        if (blend.losesHere() && current.image() != null) {
            record(key, incoming, here);
        }
        if (blend.losesIncoming()) {
            record(key, here, incoming);
        }
        return new Taken(blend.changesItem(), here, blend.image());
    }

    private void record(ItemKey key, StampedImage winner, StampedImage loser) {
        long detected = rows.clock().next(nowMillis);
        Conflict conflict = new Conflict(
                rows.table().name(), key.bytes(), winner, loser, rows.id().region(), detected, nowMillis);
        conflicts.add(conflict);
        batch.put(RowKeys.conflict(detected, 0), conflict.encode());
    }

    /** All that came of it; a round that changes nothing takes no ticket. */
    ApplyOutcome.Merged outcome(long checkpoint) {
        return new ApplyOutcome.Merged(
                batch,
                isUntouched() ? ticket - 1 : ticket,
                checkpoint,
                applied,
                superseded,
                duplicates,
                List.copyOf(conflicts));
    }
}
