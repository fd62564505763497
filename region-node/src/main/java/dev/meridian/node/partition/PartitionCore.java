package dev.meridian.node.partition;

import dev.meridian.conflict.AttributeVersions;
import dev.meridian.conflict.ConflictPolicy;
import dev.meridian.conflict.HybridClock;
import dev.meridian.conflict.Reconciliation;
import dev.meridian.conflict.Stamp;
import dev.meridian.conflict.Version;
import dev.meridian.node.stream.StreamRow;
import dev.meridian.replication.link.CopyPage;
import dev.meridian.replication.log.ChangeRecord;
import dev.meridian.replication.log.Conflict;
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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
    private final Overlay overlay = new Overlay();
    private final Map<String, Long> checkpoints = new HashMap<>();
    private final StreamLog stream;
    private final Allowance allowance;
    private final CollectionSizes collections;
    private final IndexChanges indexes;
    private final Tombstones tombstones;
    private TableSchema table;
    private ConflictPolicy policy;
    private long lastSequence;
    private long lastTicket;

    /**
     * Recovers the partition from the store: the next sequence follows this region's last change row, or what was adopted
     * from a peer when rows had been lost.
     */
    public PartitionCore(
            PartitionId id, TableSchema table, OrderedReader store, HybridClock clock, PartitionRules rules) {
        this.id = id;
        this.table = table;
        this.policy = ConflictPolicy.named(table.conflictPolicy());
        this.store = store;
        this.clock = clock;
        this.allowance = rules.allowance();
        this.collections = new CollectionSizes(id, store, overlay, rules.collectionBytesMax());
        this.indexes = new IndexChanges(id, store, rules.indexDelayMillis());
        this.stream = new StreamLog(id, store);
        stream.follow(table.stream());
        this.tombstones = new Tombstones(id, store);
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
        table = newTable;
        policy = ConflictPolicy.named(newTable.conflictPolicy());
        collections.forget();
        stream.follow(newTable.stream());
    }

    /** The sequence of this region's last decided write. */
    public long lastSequence() {
        return lastSequence;
    }

    /** Commits up to this ticket are durable. */
    public void durable(long ticket) {
        overlay.durable(ticket);
    }

    /** Whether a write could take place now; decides nothing. */
    public Vote vote(ItemWrite write) {
        Item current = current(write.key()).item();
        WriteDecision decision = write.decide(current);
        if (decision instanceof WriteDecision.Refuse refuse) {
            return Vote.refused(refuse.error());
        }
        return limited(current, decision).map(Vote::refused).orElse(Vote.READY);
    }

    /** Decides a write that was voted for, which costs twice. */
    WriteOutcome writeVoted(ItemWrite write, long nowMillis) {
        CurrentItem current = current(write.key());
        WriteDecision decision = write.decide(current.item());
        charge(current.item(), decision, TRANSACTION_FACTOR);
        return write(write, current, decision, nowMillis);
    }

    /** Decides a local write. {@code nowMillis} is the region's wall clock, in milliseconds since 1970 UTC. */
    public WriteOutcome write(ItemWrite write, long nowMillis) {
        CurrentItem current = current(write.key());
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
        return WriteCost.of(table, before, after);
    }

    /** What the table's limits say of a write that could take place otherwise. */
    private Optional<ServiceException> limited(@Nullable Item before, WriteDecision decision) {
        if (decision instanceof WriteDecision.Store store) {
            Optional<ServiceException> tooLarge = collections.refusal(table, before, store.item());
            if (tooLarge.isPresent()) {
                return tooLarge;
            }
        }
        return allowance.isLimited()
                ? allowance.writeRefusal(table, id.partition(), cost(before, decision))
                : Optional.empty();
    }

    private void charge(@Nullable Item before, WriteDecision decision, int factor) {
        if (allowance.isLimited()) {
            allowance.wrote(table, id.partition(), cost(before, decision).times(factor));
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
        Stamp stamp = stampAfter(current.image(), nowMillis);
        StampedImage image = new StampedImage(stamp, encode(after), attributes(current, after, stamp.version()));
        return written(write.key(), current, image, after, write.byService(), nowMillis);
    }

    /** When each attribute was written, where the table decides by that. */
    private @Nullable AttributeVersions attributes(CurrentItem current, @Nullable Item after, Version version) {
        return policy.isByAttribute()
                ? AttributeMerge.written(table.primaryKey(), known(current), current.item(), after, version)
                : null;
    }

    /** What is here, or the delete that nothing may stand for: it takes what is older from whatever comes later. */
    private @Nullable StampedImage known(CurrentItem current) {
        StampedImage image = current.image();
        return image == null ? tombstones.standIn() : image;
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
        replace(batch, key, current, CurrentItem.of(image, after, ticket), nowMillis);
        ChangeRows.put(batch, id, id.region(), change);
        stream.note(batch, id.region(), change.sequence(), current.image(), image, byService, nowMillis);
        return new WriteOutcome.Written(batch, ticket, change, current.item(), after);
    }

    /** Writes what regions have agreed on, unless that or something later stands here already. */
    public WriteOutcome learn(ItemKey key, StampedImage agreed, long nowMillis) {
        clock.witness(agreed.stamp().version().timestamp());
        CurrentItem current = current(key);
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
        Merge merge = new Merge(nowMillis);
        for (ChangeRecord record : records) {
            if (record.sequence() <= checkpoint) {
                merge.duplicates++;
                continue;
            }
            if (record.sequence() != checkpoint + 1 && merge.isUntouched()) {
                return new ApplyOutcome.Gap(checkpoint);
            }
            if (record.sequence() != checkpoint + 1) {
                break;
            }
            StampedImage incoming = record.stamped();
            Taken taken = merge.take(new ItemKey(record.key()), incoming);
            ChangeRows.put(merge.batch, id, origin, record);
            if (taken.isApplied()) {
                // What attributes of several writes came to stands in nobody's record.
                long holds = taken.after() == incoming ? record.sequence() : StreamRow.INLINE;
                stream.note(merge.batch, origin, holds, taken.before(), taken.after(), false, nowMillis);
            }
            checkpoint = record.sequence();
        }
        if (!merge.isUntouched()) {
            checkpoints.put(origin, checkpoint);
            merge.batch.put(RowKeys.checkpoint(id.table(), id.partition(), origin), ChangeRows.sequence(checkpoint));
        }
        return merge.outcome(checkpoint);
    }

    /** Reconciles whole rows of another replica, in any order, however often: the copy of a table, or a repair. */
    public ApplyOutcome merge(List<CopiedRow> rows, boolean streamed, long nowMillis) {
        Merge merge = new Merge(nowMillis);
        for (CopiedRow row : rows) {
            Taken taken = merge.take(new ItemKey(row.key()), row.image());
            if (taken.isApplied() && streamed) {
                String origin = row.image().stamp().version().region();
                stream.note(merge.batch, origin, StreamRow.INLINE, taken.before(), taken.after(), false, nowMillis);
            }
        }
        return merge.outcome(0);
    }

    /** Writes the index rows of these items as they are now; an index that is new gets those it lacks. */
    public ApplyOutcome reindex(List<ItemKey> keys) {
        Merge merge = new Merge(0);
        for (ItemKey key : keys) {
            indexes.addNow(merge.batch, table, key, current(key).item());
        }
        return merge.outcome(0);
    }

    /** Changes the entries of global indexes that are due. */
    public ApplyOutcome settleIndexes(long nowMillis) {
        Merge merge = new Merge(nowMillis);
        indexes.settle(merge.batch, table, nowMillis);
        return merge.outcome(0);
    }

    /**
     * Lets go of tombstones up to a stable time, no more than so many; whoever gets that number back calls again. What has become
     * an item again since stays.
     */
    public ApplyOutcome collect(long stableTime, int atMost) {
        Merge merge = new Merge(0);
        List<Tombstones.Deleted> deletes = tombstones.upTo(stableTime, atMost);
        for (Tombstones.Deleted deleted : deletes) {
            if (overlay.get(deleted.key()) != null) {
                continue;
            }
            StampedImage here = current(deleted.key()).image();
            boolean isTombstone = here != null
                    && here.image() == null
                    && here.stamp().version().timestamp() <= stableTime;
            if (isTombstone) {
                merge.batch.delete(RowKeys.item(id.table(), deleted.key().bytes()));
            }
            tombstones.forget(merge.batch, deleted.key(), deleted.timestamp());
            merge.applied++;
        }
        if (merge.applied > 0) {
            tombstones.raise(merge.batch, stableTime);
        }
        return merge.outcome(0);
    }

    /**
     * Adopts what a peer knows, after all its rows were merged: the origin's records up to there need not be sent again,
     * and where the origin is this region itself, new writes are numbered after them. For {@link CopyPage.Position#STABLE} it is the
     * time up to which tombstones have gone there; 0 where rows were lost here, and nothing is known of what was deleted. For {@link
     * CopyPage.Position#CLOCK} it is a time before which nothing is written here any more: a stable time may be found by what the
     * peer has told before it knew of a replica here.
     */
    public ApplyOutcome adopt(String origin, long sequence) {
        Merge merge = new Merge(0);
        if (origin.equals(CopyPage.Position.STABLE)) {
            adoptStable(merge.batch, sequence);
            return merge.outcome(sequence);
        }
        if (origin.equals(CopyPage.Position.CLOCK)) {
            clock.witness(sequence);
            merge.batch.put(RowKeys.clock(), ChangeRows.sequence(clock.last()));
            return merge.outcome(sequence);
        }
        boolean own = origin.equals(id.region());
        if (sequence > (own ? lastSequence : checkpoint(origin))) {
            if (own) {
                lastSequence = sequence;
            } else {
                checkpoints.put(origin, sequence);
            }
            merge.batch.put(RowKeys.checkpoint(id.table(), id.partition(), origin), ChangeRows.sequence(sequence));
        }
        return merge.outcome(sequence);
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

    private CurrentItem current(ItemKey key) {
        CurrentItem pending = overlay.get(key);
        if (pending != null) {
            return pending;
        }
        byte[] row = store.get(RowKeys.item(id.table(), key.bytes()));
        return row == null ? CurrentItem.NONE : CurrentItem.of(StampedImage.decode(row), 0);
    }

    private Stamp stampAfter(@Nullable StampedImage current, long nowMillis) {
        if (current == null) {
            return tombstones.first(new Version(clock.next(nowMillis), id.region()));
        }
        Stamp stamp = current.stamp();
        return Stamp.after(stamp, new Version(clock.nextAfter(stamp.version().timestamp(), nowMillis), id.region()));
    }

    private void replace(WriteBatch batch, ItemKey key, CurrentItem before, CurrentItem after, long nowMillis) {
        StampedImage image = Objects.requireNonNull(after.image());
        batch.put(RowKeys.item(id.table(), key.bytes()), image.encode());
        if (image.image() == null) {
            tombstones.note(batch, key, image.stamp());
        }
        if (!table.indexes().isEmpty()) {
            indexes.add(batch, table, key, before.item(), after.item(), nowMillis);
            collections.changed(table, before.item(), after.item());
        }
        overlay.put(key, after);
    }

    private static byte @Nullable [] encode(@Nullable Item item) {
        return item == null ? null : ItemCodec.encode(item);
    }

    private static @Nullable Item decode(byte @Nullable [] image) {
        return image == null ? null : ItemCodec.decode(image);
    }

    /** What became of one incoming row: whether it changed the item, what was before and what is now. */
    private record Taken(boolean isApplied, @Nullable StampedImage before, StampedImage after) {}

    /** One round of reconciling: what has been gathered for its single batch. */
    private final class Merge {

        private final WriteBatch batch = new WriteBatch();
        private final List<Conflict> conflicts = new ArrayList<>();
        private final long nowMillis;
        private final long ticket = lastTicket + 1;
        private int applied;
        private int superseded;
        private int duplicates;

        Merge(long nowMillis) {
            this.nowMillis = nowMillis;
        }

        boolean isUntouched() {
            return batch.isEmpty();
        }

        Taken take(ItemKey key, StampedImage incoming) {
            clock.witness(incoming.stamp().version().timestamp());
            CurrentItem current = current(key);
            StampedImage here = current.image();
            if (here == null && tombstones.isPast(incoming.stamp().version())) {
                duplicates++;
                return new Taken(false, null, incoming);
            }
            StampedImage known = policy.isByAttribute() ? known(current) : null;
            if (known != null) {
                return blend(key, current, known, incoming);
            }
            Reconciliation result = policy.reconcile(here == null ? null : here.stamp(), incoming.stamp());
            if (result instanceof Reconciliation.Applied won) {
                applied++;
                CurrentItem after = CurrentItem.of(incoming.stamped(won.stamp()), ticket);
                if (allowance.isLimited()) {
                    allowance.replicated(table, id.partition(), WriteCost.of(table, current.item(), after.item()));
                }
                replace(batch, key, current, after, nowMillis);
                if (won.conflict() && here != null) {
                    record(key, incoming, here);
                }
            } else if (result instanceof Reconciliation.Superseded lost && here != null) {
                superseded++;
                StampedImage stands = here.stamped(lost.stamp());
                replace(batch, key, current, CurrentItem.of(stands, ticket), nowMillis);
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
            AttributeMerge blend = AttributeMerge.of(table.primaryKey(), here, current.item(), incoming);
            if (allowance.isLimited()) {
                allowance.replicated(table, id.partition(), WriteCost.of(table, current.item(), blend.item()));
            }
            if (blend.changesItem()) {
                applied++;
            } else {
                superseded++;
            }
            replace(batch, key, current, CurrentItem.of(blend.image(), blend.item(), ticket), nowMillis);
            if (blend.losesHere() && current.image() != null) {
                record(key, incoming, here);
            }
            if (blend.losesIncoming()) {
                record(key, here, incoming);
            }
            return new Taken(blend.changesItem(), here, blend.image());
        }

        private void record(ItemKey key, StampedImage winner, StampedImage loser) {
            long detected = clock.next(nowMillis);
            Conflict conflict =
                    new Conflict(table.name(), key.bytes(), winner, loser, id.region(), detected, nowMillis);
            conflicts.add(conflict);
            batch.put(RowKeys.conflict(detected, 0), conflict.encode());
        }

        ApplyOutcome outcome(long checkpoint) {
            if (!isUntouched()) {
                lastTicket = ticket;
            }
            return new ApplyOutcome.Merged(
                    batch, lastTicket, checkpoint, applied, superseded, duplicates, List.copyOf(conflicts));
        }
    }
}
