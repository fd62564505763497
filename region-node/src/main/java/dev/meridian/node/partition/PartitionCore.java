package dev.meridian.node.partition;

import dev.meridian.conflict.AttributeVersions;
import dev.meridian.conflict.HybridClock;
import dev.meridian.conflict.Stamp;
import dev.meridian.conflict.Version;
import dev.meridian.node.stream.StreamRow;
import dev.meridian.replication.link.CopyPage;
import dev.meridian.replication.log.ChangeRecord;
import dev.meridian.replication.log.RowKeys;
import dev.meridian.replication.log.StampedImage;
import dev.meridian.storage.OrderedReader;
import dev.meridian.storage.WriteBatch;
import dev.meridian.table.capacity.Allowance;
import dev.meridian.table.capacity.Units;
import dev.meridian.table.capacity.WriteCost;
import dev.meridian.table.definition.TableSchema;
import dev.meridian.table.key.ItemKey;
import dev.meridian.table.model.ServiceException;
import dev.meridian.table.operation.ItemWrite;
import dev.meridian.table.operation.WriteDecision;
import dev.meridian.table.value.Item;
import dev.meridian.table.value.ItemCodec;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Decides every write to one partition, local ones and those that arrive, one after another. Pure but for reading the
 * store: it writes nothing itself, it returns batches. The caller commits them in the order of their tickets and tells
 * {@link #durable} when they are; a caller whose commit fails throws the core away.
 *
 * <p>Not thread-safe.
 */
public final class PartitionCore {

    private static final int TRANSACTION_FACTOR = 2;

    private final PartitionId id;
    private final OrderedReader store;
    private final HybridClock clock;
    private final Map<String, Long> checkpoints = new HashMap<>();
    private final StreamLog stream;
    private final Allowance allowance;
    private final PartitionRows rows;
    private final Tombstones tombstones;
    private long lastSequence;
    private long lastTicket;

    /**
     * Recovers the partition from the store: the next sequence follows this region's last change row, or what was adopted
     * from a peer when rows had been lost.
     */
    public PartitionCore(
            PartitionId id, TableSchema table, OrderedReader store, HybridClock clock, PartitionRules rules) {
        this.id = id;
        this.store = store;
        this.clock = clock;
        this.allowance = rules.allowance();
        this.rows = new PartitionRows(id, table, store, clock, rules);
        this.stream = new StreamLog(id, store);
        stream.follow(table.stream());
        this.tombstones = rows.tombstones();
        clock.witness(tombstones.stable());
        lastSequence = ChangeRows.checkpoint(store, id, id.region());
        ChangeRecord last = ChangeRows.last(store, id, id.region());
        if (last != null) {
            lastSequence = Math.max(lastSequence, last.sequence());
            clock.witness(last.stamp().version().timestamp());
        }
        // Conflicts are kept by when they were detected: one that is detected with a clock set back must not take
        // another's place.
        clock.witness(ChangeRows.lastConflictAt(store));
    }

    /** From now on the table is shaped like this; indexes may have come or gone. */
    public void reshape(TableSchema newTable) {
        rows.reshape(newTable);
        stream.follow(newTable.stream());
    }

    /** The sequence of this region's last decided write. */
    public long lastSequence() {
        return lastSequence;
    }

    /** Commits up to this ticket are durable. */
    public void durable(long ticket) {
        rows.durable(ticket);
    }

    /** Whether a write could take place now; decides nothing. */
    public Vote vote(ItemWrite write) {
        Item current = rows.current(write.key()).item();
        WriteDecision decision = write.decide(current);
        if (decision instanceof WriteDecision.Refuse refuse) {
            return Vote.refused(refuse.error());
        }
        return limited(current, decision).map(Vote::refused).orElse(Vote.READY);
    }

    /** Decides a write that was voted for, which costs twice. */
    WriteOutcome writeVoted(ItemWrite write, long nowMillis) {
        CurrentItem current = rows.current(write.key());
        WriteDecision decision = write.decide(current.item());
        charge(current.item(), decision, TRANSACTION_FACTOR);
        return write(write, current, decision, nowMillis);
    }

    /** Decides a local write. {@code nowMillis} is the region's wall clock, in milliseconds since 1970 UTC. */
    public WriteOutcome write(ItemWrite write, long nowMillis) {
        CurrentItem current = rows.current(write.key());
        WriteDecision decision = write.decide(current.item());
        Optional<ServiceException> refusal = write.byService() ? Optional.empty() : limited(current.item(), decision);
        if (refusal.isPresent()) {
            return new WriteOutcome.Refused(refusal.get(), 0);
        }
        if (!write.byService()) {
            charge(current.item(), decision, 1);
        }
        return write(write, current, decision, nowMillis);
    }

    /** What the write costs, whether or not its condition held; nothing where nothing is limited. */
    private Units cost(@Nullable Item before, WriteDecision decision) {
        if (!allowance.isLimited()) {
            return Units.NONE;
        }
        Item after = decision instanceof WriteDecision.Store put
                ? put.item()
                : decision instanceof WriteDecision.Remove ? null : before;
        return WriteCost.of(rows.table(), before, after);
    }

    /** What the table's limits say of a write that could take place otherwise. */
    private Optional<ServiceException> limited(@Nullable Item before, WriteDecision decision) {
        if (decision instanceof WriteDecision.Store store) {
            Optional<ServiceException> tooLarge = rows.refusal(before, store.item());
            if (tooLarge.isPresent()) {
                return tooLarge;
            }
        }
        return allowance.isLimited()
                ? allowance.writeRefusal(rows.table(), id.partition(), cost(before, decision))
                : Optional.empty();
    }

    private void charge(@Nullable Item before, WriteDecision decision, int factor) {
        if (allowance.isLimited()) {
            allowance.wrote(rows.table(), id.partition(), cost(before, decision).times(factor));
        }
    }

    private WriteOutcome write(ItemWrite write, CurrentItem current, WriteDecision decision, long nowMillis) {
        if (decision instanceof WriteDecision.Refuse refuse) {
            return new WriteOutcome.Refused(refuse.error(), current.ticket());
        }
        if (decision instanceof WriteDecision.Keep) {
            return new WriteOutcome.Unchanged(current.item(), current.ticket());
        }
        Item after = decision instanceof WriteDecision.Store put ? put.item() : null;
        Stamp stamp = rows.stampAfter(current.image(), nowMillis);
        StampedImage image = new StampedImage(stamp, encode(after), attributes(current, after, stamp.version()));
        return written(write.key(), current, image, after, write.byService(), nowMillis);
    }

    /** When each attribute was written, where the table decides by that. */
    private @Nullable AttributeVersions attributes(CurrentItem current, @Nullable Item after, Version version) {
        return rows.policy().isByAttribute()
                ? AttributeMerge.written(rows.table().primaryKey(), rows.known(current), current.item(), after, version)
                : null;
    }

    private WriteOutcome written(
            ItemKey key,
            CurrentItem current,
            StampedImage image,
            @Nullable Item after,
            boolean byService,
            long nowMillis) {
        WriteBatch batch = new WriteBatch();
        ChangeRecord change =
                new ChangeRecord(++lastSequence, key.bytes(), image.stamp(), image.image(), image.attributes());
        long ticket = ++lastTicket;
        rows.replace(batch, key, current, CurrentItem.of(image, after, ticket), nowMillis);
        ChangeRows.put(batch, id, id.region(), change);
        stream.note(batch, id.region(), change.sequence(), current.image(), image, byService, nowMillis);
        return new WriteOutcome.Written(batch, ticket, change, current.item(), after);
    }

    /** Writes what regions have agreed on, unless that or something later stands here already. */
    public WriteOutcome learn(ItemKey key, StampedImage agreed, long nowMillis) {
        clock.witness(agreed.stamp().version().timestamp());
        CurrentItem current = rows.current(key);
        StampedImage here = current.image();
        boolean isKnown =
                here != null && here.stamp().version().compareTo(agreed.stamp().version()) >= 0;
        return isKnown
                ? new WriteOutcome.Unchanged(current.item(), current.ticket())
                : written(key, current, agreed, decode(agreed.image()), false, nowMillis);
    }

    /**
     * Reconciles records of another region, in the order of their sequences. Records at or below the checkpoint are
     * passed over; a gap refuses them all.
     */
    public ApplyOutcome apply(String origin, List<ChangeRecord> records, long nowMillis) {
        long checkpoint = checkpoint(origin);
        Merge merge = new Merge(rows, lastTicket, nowMillis);
        for (ChangeRecord record : records) {
            if (record.sequence() <= checkpoint) {
                merge.passOver();
                continue;
            }
            if (record.sequence() != checkpoint + 1 && merge.isUntouched()) {
                return new ApplyOutcome.Gap(checkpoint);
            }
            if (record.sequence() != checkpoint + 1) {
                break;
            }
            StampedImage incoming = record.stamped();
            Merge.Taken taken = merge.take(new ItemKey(record.key()), incoming);
            ChangeRows.put(merge.batch(), id, origin, record);
            if (taken.isApplied()) {
                // What attributes of several writes came to stands in nobody's record.
                long holds = taken.after() == incoming ? record.sequence() : StreamRow.INLINE;
                stream.note(merge.batch(), origin, holds, taken.before(), taken.after(), false, nowMillis);
            }
            checkpoint = record.sequence();
        }
        if (!merge.isUntouched()) {
            checkpoints.put(origin, checkpoint);
            merge.batch().put(RowKeys.checkpoint(id.table(), id.partition(), origin), ChangeRows.sequence(checkpoint));
        }
        return outcome(merge, checkpoint);
    }

    /** Reconciles whole rows of another replica, in any order, however often: the copy of a table, or a repair. */
    public ApplyOutcome merge(List<CopiedRow> copied, boolean streamed, long nowMillis) {
        Merge merge = new Merge(rows, lastTicket, nowMillis);
        for (CopiedRow row : copied) {
            Merge.Taken taken = merge.take(new ItemKey(row.key()), row.image());
            if (taken.isApplied() && streamed) {
                String origin = row.image().stamp().version().region();
                stream.note(merge.batch(), origin, StreamRow.INLINE, taken.before(), taken.after(), false, nowMillis);
            }
        }
        return outcome(merge, 0);
    }

    /** Writes the index rows of these items as they are now; an index that is new gets those it lacks. */
    public ApplyOutcome reindex(List<ItemKey> keys) {
        Merge merge = new Merge(rows, lastTicket, 0);
        for (ItemKey key : keys) {
            rows.indexes()
                    .addNow(merge.batch(), rows.table(), key, rows.current(key).item());
        }
        return outcome(merge, 0);
    }

    /** Changes the entries of global indexes that are due. */
    public ApplyOutcome settleIndexes(long nowMillis) {
        Merge merge = new Merge(rows, lastTicket, nowMillis);
        rows.indexes().settle(merge.batch(), rows.table(), nowMillis);
        return outcome(merge, 0);
    }

    /**
     * Lets go of tombstones up to a stable time, no more than so many; whoever gets that number back calls again. What has become
     * an item again since stays.
     */
    public ApplyOutcome collect(long stableTime, int atMost) {
        Merge merge = new Merge(rows, lastTicket, 0);
        List<Tombstones.Deleted> deletes = tombstones.upTo(stableTime, atMost);
        for (Tombstones.Deleted deleted : deletes) {
            if (rows.isPending(deleted.key())) {
                continue;
            }
            StampedImage here = rows.current(deleted.key()).image();
            boolean isTombstone = here != null
                    && here.image() == null
                    && here.stamp().version().timestamp() <= stableTime;
            if (isTombstone) {
                merge.batch().delete(RowKeys.item(id.table(), deleted.key().bytes()));
            }
            tombstones.forget(merge.batch(), deleted.key(), deleted.timestamp());
            merge.count();
        }
        if (merge.counted() > 0) {
            tombstones.raise(merge.batch(), stableTime);
        }
        return outcome(merge, 0);
    }

    /**
     * Adopts what a peer knows, after all its rows were merged: the origin's records up to there need not be sent again,
     * and where the origin is this region itself, new writes are numbered after them. For {@link CopyPage.Position#STABLE} it is the
     * time up to which tombstones have gone there; 0 where rows were lost here, and nothing is known of what was deleted. For {@link
     * CopyPage.Position#CLOCK} it is a time before which nothing is written here any more: a stable time may be found by what the
     * peer has told before it knew of a replica here.
     */
    public ApplyOutcome adopt(String origin, long sequence) {
        Merge merge = new Merge(rows, lastTicket, 0);
        if (origin.equals(CopyPage.Position.STABLE)) {
            adoptStable(merge.batch(), sequence);
            return outcome(merge, sequence);
        }
        if (origin.equals(CopyPage.Position.CLOCK)) {
            clock.witness(sequence);
            merge.batch().put(RowKeys.clock(), ChangeRows.sequence(clock.last()));
            return outcome(merge, sequence);
        }
        boolean own = origin.equals(id.region());
        if (sequence > (own ? lastSequence : checkpoint(origin))) {
            if (own) {
                lastSequence = sequence;
            } else {
                checkpoints.put(origin, sequence);
            }
            merge.batch().put(RowKeys.checkpoint(id.table(), id.partition(), origin), ChangeRows.sequence(sequence));
        }
        return outcome(merge, sequence);
    }

    private ApplyOutcome outcome(Merge merge, long checkpoint) {
        ApplyOutcome.Merged merged = merge.outcome(checkpoint);
        lastTicket = merged.ticket();
        return merged;
    }

    private void adoptStable(WriteBatch batch, long timestamp) {
        if (timestamp == 0) {
            tombstones.distrust(batch);
        } else {
            tombstones.raise(batch, timestamp);
            clock.witness(timestamp);
        }
    }

    /** The highest sequence of that origin applied here (perhaps not durable yet). */
    public long checkpoint(String origin) {
        return checkpoints.computeIfAbsent(origin, region -> ChangeRows.checkpoint(store, id, region));
    }

    private static byte @Nullable [] encode(@Nullable Item item) {
        return item == null ? null : ItemCodec.encode(item);
    }

    private static @Nullable Item decode(byte @Nullable [] image) {
        return image == null ? null : ItemCodec.decode(image);
    }
}
