package dev.meridian.chaos.simulator;

import dev.meridian.conflict.HybridClock;
import dev.meridian.node.partition.ApplyOutcome;
import dev.meridian.node.partition.CopiedRow;
import dev.meridian.node.partition.PartitionCore;
import dev.meridian.node.partition.PartitionId;
import dev.meridian.node.partition.PartitionRules;
import dev.meridian.node.partition.WriteOutcome;
import dev.meridian.node.replication.CopyServer;
import dev.meridian.node.replication.ForgottenRows;
import dev.meridian.replication.follower.Follower;
import dev.meridian.replication.link.CopyPage;
import dev.meridian.replication.link.PartitionRef;
import dev.meridian.replication.link.PullAnswer;
import dev.meridian.replication.link.PullRequest;
import dev.meridian.replication.log.Conflict;
import dev.meridian.replication.log.LogEpoch;
import dev.meridian.replication.log.RowKeys;
import dev.meridian.replication.log.StampedImage;
import dev.meridian.replication.source.LogSource;
import dev.meridian.replication.tombstone.StableTimes;
import dev.meridian.replication.tombstone.Standing;
import dev.meridian.storage.WriteBatch;
import dev.meridian.table.definition.Ceiling;
import dev.meridian.table.definition.KeySchema;
import dev.meridian.table.definition.TableSchema;
import dev.meridian.table.key.ItemKey;
import dev.meridian.table.operation.ItemWrite;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One region: the real cores over a simulated disk. What the actors do in a running region, this does in one thread. */
public final class SimulatedRegion {

    private static final int TABLE = SimulatedDisk.TABLE;
    private static final String GLOBAL_TABLE = "table";
    private static final int COLLECT_MAX = 1_000;
    private static final long TICK_MILLIS = 500;
    /** So often a region looks whether there is space again. */
    private static final long FULL_DISK_MILLIS = 100;
    /** Small, so that a copy takes many pages. */
    private static final int COPY_PAGE_BYTES = 400;

    final String name;
    private final int partitionCount;
    private final TableSchema schema;
    private final Surroundings surroundings;
    private final SimulatedDisk disk;
    private final List<PartitionCore> partitions = new ArrayList<>();
    private final Map<String, Follower> followers = new LinkedHashMap<>();
    private final Map<Long, Consumer<PullAnswer>> parked = new HashMap<>();
    private final Life life = new Life();
    private LogSource source;
    private long nextToken;
    private long followed;
    private long wakesAtMillis = Long.MAX_VALUE;
    private boolean syncScheduled;
    private HybridClock clock = new HybridClock(0);
    private @Nullable Sweep sweep;
    private int tombstonesGone;

    /** A region that is not running yet, its disk empty. */
    public SimulatedRegion(String name, int partitionCount, int answerRecordsMax, Surroundings surroundings) {
        this.name = name;
        this.partitionCount = partitionCount;
        this.disk = new SimulatedDisk(name, answerRecordsMax);
        this.source = new LogSource(disk::changes);
        this.surroundings = surroundings;
        this.schema = new TableSchema(
                "table",
                "arn",
                TABLE,
                partitionCount,
                Map.of("id", "S"),
                new KeySchema(List.of("id"), List.of()),
                1,
                Ceiling.NONE,
                "",
                "",
                List.of());
    }

    public String name() {
        return name;
    }

    public boolean isAlive() {
        return life.isAlive();
    }

    private long wallMillis() {
        return surroundings.nowMillis() + surroundings.clockOffsetMillis(this) + 1_000_000;
    }

    /** Freezes: whatever reaches the region from now on waits. */
    public void pause() {
        life.pause();
    }

    /** Thaws, and does first what has waited. */
    public void resume() {
        life.resume();
    }

    /** Something reaches the region: done now, when it thaws, or never where this life ends before. */
    public void take(Runnable task) {
        life.take(task);
    }

    private void later(long delayMillis, Runnable task) {
        long now = life.count();
        surroundings.after(delayMillis, () -> {
            if (life.count() == now) {
                life.take(task);
            }
        });
    }

    /** Starts from what the disk holds. */
    public void start(List<String> peers) {
        life.begin();
        syncScheduled = false;
        clock = new HybridClock(disk.clockPassed());
        sweep = null;
        partitions.clear();
        followers.clear();
        parked.clear();
        wakesAtMillis = Long.MAX_VALUE;
        source = new LogSource(disk::changes);
        for (int partition = 0; partition < partitionCount; partition++) {
            PartitionCore core = new PartitionCore(
                    new PartitionId(name, TABLE, partition, GLOBAL_TABLE),
                    schema,
                    disk.store(),
                    clock,
                    PartitionRules.NONE);
            partitions.add(core);
            source.open(new PartitionRef(GLOBAL_TABLE, partition), core.lastSequence());
        }
        follow(peers);
        repeatTick();
        if (surroundings.sweepMillis() > 0) {
            repeatSweep();
        }
    }

    private void repeatSweep() {
        later(surroundings.sweepMillis(), () -> {
            sweepTombstones();
            repeatSweep();
        });
    }

    /** Asks every member where it stands; what is answered in time counts. Nobody is asked while members change. */
    private void sweepTombstones() {
        if (surroundings.bug() == PlantedBug.TOMBSTONE_DROPPED_EARLY) {
            collect(partitions.stream().map(core -> clock.last()).toList());
            return;
        }
        Map<String, Long> members = surroundings.membersOf(this);
        Sweep asking = new Sweep(sweep == null ? new StableTimes() : sweep.times, members.keySet());
        sweep = asking;
        for (String member : members.keySet()) {
            if (member.equals(name)) {
                standing(standing -> asking.answered(name, standing));
            } else {
                surroundings.askStanding(this, member, standing -> asking.answered(member, standing));
            }
        }
    }

    /** One pass of asking; one that is overtaken by the next has come to nothing. */
    private final class Sweep {

        private final StableTimes times;
        private final Set<String> members;
        private final Map<String, Standing> standings = new LinkedHashMap<>();

        Sweep(StableTimes times, Set<String> members) {
            this.times = times;
            this.members = members;
        }

        void answered(String region, Standing standing) {
            standings.put(region, standing);
            if (sweep == this && standings.keySet().equals(members)) {
                collect(times.pass(standings, partitionCount));
                standings.clear();
            }
        }
    }

    private void collect(List<Long> stable) {
        for (int partition = 0; partition < partitionCount; partition++) {
            if (stable.get(partition) > 0) {
                PartitionCore core = partitions.get(partition);
                ApplyOutcome.Merged collected = (ApplyOutcome.Merged) core.collect(stable.get(partition), COLLECT_MAX);
                tombstonesGone += collected.applied();
                commit(collected.batch(), () -> core.durable(collected.ticket()));
            }
        }
    }

    /** Where this region stands, told once what it says of its clock is durable; not told while members change. */
    void standing(Consumer<Standing> reply) {
        Map<String, Long> members = surroundings.membersOf(this);
        if (members.isEmpty()) {
            return;
        }
        long timestamp = clock.next(wallMillis());
        List<Long> sequences = lastSequences().stream().map(LogEpoch::written).toList();
        commit(disk.clockPassed(timestamp), () -> {
            List<Standing.Mark> marks = new ArrayList<>();
            List<Map<String, Long>> checkpoints = new ArrayList<>();
            for (int partition = 0; partition < partitionCount; partition++) {
                marks.add(new Standing.Mark(timestamp, sequences.get(partition)));
                Map<String, Long> held = new TreeMap<>();
                for (String peer : followers.keySet()) {
                    held.put(peer, disk.checkpoint(partition, peer));
                }
                checkpoints.add(held);
            }
            reply.accept(new Standing(members, marks, checkpoints));
        });
    }

    boolean hasTombstones() {
        return rows().values().stream().anyMatch(row -> row.image() == null);
    }

    /** How many tombstones this region has let go of. */
    int tombstonesGone() {
        return tombstonesGone;
    }

    /** From now on these peers are followed, and no others. */
    void follow(List<String> peers) {
        followers.keySet().retainAll(peers);
        for (String peer : peers) {
            if (!followers.containsKey(peer)) {
                followed++;
                Follower follower = new Follower(() -> checkpoints(peer), followed * 1_000_000);
                followers.put(peer, follower);
                run(peer, follower.restart(surroundings.nowMillis()));
            }
        }
    }

    /** The replica is removed, and whatever belongs to it; what conflicts there were stays on record. */
    void leave() {
        life.end();
        syncScheduled = false;
        followers.clear();
        disk.removeTable();
    }

    /** Starts without a replica's data, to be given it: takes copied rows, follows nobody, serves nobody. */
    void startEmpty() {
        start(List.of());
    }

    /** Takes rows of another replica; told when they are durable. */
    void merge(List<CopyPage.Row> rows, Runnable durable) {
        Map<Integer, List<CopiedRow>> byPartition = new TreeMap<>();
        for (CopyPage.Row row : rows) {
            byPartition
                    .computeIfAbsent(new ItemKey(row.key()).partition(partitionCount), none -> new ArrayList<>())
                    .add(new CopiedRow(row.key(), row.image()));
        }
        int[] left = {byPartition.size()};
        byPartition.forEach((partition, copied) ->
                take(partition, core -> core.merge(copied, false, wallMillis()), () -> {
                    left[0]--;
                    if (left[0] == 0) {
                        durable.run();
                    }
                }));
        if (left[0] == 0) {
            durable.run();
        }
    }

    /** Takes over what a peer knows of an origin's log. */
    void adopt(CopyPage.Position position, Runnable durable) {
        take(position.partition(), core -> core.adopt(position.origin(), position.sequence()), durable);
    }

    private void take(int partition, Function<PartitionCore, ApplyOutcome> decision, Runnable durable) {
        PartitionCore core = partitions.get(partition);
        ApplyOutcome.Merged merged = (ApplyOutcome.Merged) decision.apply(core);
        commit(merged.batch(), () -> {
            core.durable(merged.ticket());
            durable.run();
        });
    }

    /** A page of this replica, for one that copies it. */
    CopyPage page(Set<String> origins, byte @Nullable [] from) {
        return new CopyServer(name, disk.store(), COPY_PAGE_BYTES)
                .page(new CopyServer.Table(TABLE, partitionCount, origins), from, null);
    }

    /** What this region holds, and a page of a peer's shows to be deleted there. */
    ForgottenRows forgottenRows() {
        return new ForgottenRows(disk.store(), TABLE, partitionCount);
    }

    /** What a key holds, durably. */
    @Nullable
    StampedImage row(byte[] key) {
        return disk.item(new ItemKey(key));
    }

    /** Forgets how far a peer's log has been applied, as nobody should. */
    void loseCheckpoint(String peer) {
        disk.loseCheckpoint(0, peer);
    }

    /** Dies; of what was on its way to the disk, so many batches had arrived. */
    public void crash(int survivors) {
        life.end();
        syncScheduled = false;
        disk.crash(survivors);
    }

    /** How many batches are on their way to the disk. */
    public int unsynced() {
        return disk.store().queued();
    }

    private void repeatTick() {
        later(TICK_MILLIS, () -> {
            run(source.tick(surroundings.nowMillis()));
            repeatTick();
        });
    }

    /** A client writes here; told when it may be acknowledged. False where the disk is full: nothing is changed. */
    public boolean write(ItemWrite write, Runnable acknowledge) {
        return write(List.of(write), acknowledge);
    }

    /** A client makes several writes at once: all are decided now and become durable together, or none does. */
    public boolean write(List<ItemWrite> writes, Runnable acknowledge) {
        if (surroundings.isDiskFull(this)) {
            return false;
        }
        WriteBatch batch = new WriteBatch();
        List<Runnable> whenDurable = new ArrayList<>();
        for (ItemWrite write : writes) {
            decide(write, batch).ifPresent(whenDurable::add);
        }
        if (!whenDurable.isEmpty()) {
            commit(batch, () -> {
                whenDurable.forEach(Runnable::run);
                acknowledge.run();
            });
        }
        return true;
    }

    /** Adds what a write comes to to the batch; what is to be done once that is durable, or nothing where it was refused. */
    private Optional<Runnable> decide(ItemWrite write, WriteBatch batch) {
        int partition = write.key().partition(partitionCount);
        PartitionCore core = partitions.get(partition);
        WriteOutcome outcome = core.write(write, wallMillis());
        if (!(outcome instanceof WriteOutcome.Written written)) {
            return Optional.empty();
        }
        Runnable acknowledged = surroundings.decided(
                write.key(), written.change().stamp(), written.change().image() == null);
        surroundings.trace(() -> name + " writes " + partition + "/"
                + written.change().sequence() + " "
                + written.change().stamp().version().timestamp());
        if (surroundings.bug() == PlantedBug.ACKNOWLEDGE_BEFORE_SYNC) {
            acknowledged.run();
        }
        PartitionRef ref = new PartitionRef(GLOBAL_TABLE, partition);
        batch.addAll(written.batch());
        return Optional.of(() -> {
            core.durable(written.ticket());
            acknowledged.run();
            run(source.advance(ref, written.change().sequence(), surroundings.nowMillis()));
        });
    }

    /** What the key holds, durably. */
    public @Nullable StampedImage read(ItemKey key) {
        return disk.item(key);
    }

    private void commit(WriteBatch batch, Runnable durable) {
        long now = life.count();
        disk.store().commit(batch).whenComplete((done, failure) -> {
            if (failure == null && life.count() == now) {
                durable.run();
            }
        });
        if (!syncScheduled) {
            syncScheduled = true;
            later(surroundings.diskMillis(this), () -> {
                syncScheduled = false;
                disk.store().sync(Integer.MAX_VALUE);
                surroundings.synced(this);
            });
        }
    }

    /** A peer pulls. */
    public void pulled(String from, PullRequest request, Consumer<PullAnswer> reply) {
        long token = nextToken++;
        parked.put(token, reply);
        run(source.pull(from, token, request, surroundings.nowMillis()));
    }

    private void run(List<LogSource.Effect> effects) {
        for (LogSource.Effect effect : effects) {
            if (effect instanceof LogSource.Effect.Reply reply) {
                Consumer<PullAnswer> pull = parked.remove(reply.token());
                if (pull != null) {
                    pull.accept(reply.answer());
                }
            } else if (effect instanceof LogSource.Effect.Wake wake && wake.atMillis() < wakesAtMillis) {
                // One at a time, as the actor's timer: each of many would ask for as many again.
                wakesAtMillis = wake.atMillis();
                later(wake.atMillis() - surroundings.nowMillis(), () -> {
                    wakesAtMillis = Long.MAX_VALUE;
                    run(source.tick(surroundings.nowMillis()));
                });
            }
        }
    }

    private void run(String peer, List<Follower.Effect> effects) {
        for (Follower.Effect effect : effects) {
            if (effect instanceof Follower.Effect.Pull pull) {
                surroundings.pull(this, peer, pull);
            } else if (effect instanceof Follower.Effect.Hand hand) {
                hand(peer, hand);
            } else if (effect instanceof Follower.Effect.Wake wake) {
                later(
                        wake.atMillis() - surroundings.nowMillis(),
                        () -> tell(peer, follower -> follower.tick(surroundings.nowMillis())));
            }
        }
    }

    /** Tells the follower of a peer, if it is still followed. */
    private void tell(String peer, Function<Follower, List<Follower.Effect>> news) {
        Follower follower = followers.get(peer);
        if (follower != null) {
            run(peer, news.apply(follower));
        }
    }

    /** Counts the starts and crashes, so that what was meant for an earlier life is known. */
    public long life() {
        return life.count();
    }

    /** A peer has answered a pull. */
    public void answered(String peer, long token, PullAnswer answer) {
        tell(peer, follower -> follower.answered(token, answer, surroundings.nowMillis()));
    }

    /** A pull has come to nothing. */
    public void pullFailed(String peer, long token) {
        tell(peer, follower -> follower.failed(token, surroundings.nowMillis()));
    }

    private void hand(String peer, Follower.Effect.Hand hand) {
        if (surroundings.isDiskFull(this)) {
            later(FULL_DISK_MILLIS, () -> hand(peer, hand));
            return;
        }
        PartitionCore core = partitions.get(hand.partition().partition());
        ApplyOutcome outcome = core.apply(peer, surroundings.bent(this, hand.records()), wallMillis());
        if (!(outcome instanceof ApplyOutcome.Merged merged)) {
            surroundings.trace(() -> name + " finds a gap from " + peer);
            surroundings.gap(this, peer);
            tell(peer, follower -> follower.refused(hand.session(), surroundings.nowMillis()));
            return;
        }
        surroundings.trace(() ->
                name + " applies " + hand.partition().partition() + " from " + peer + " up to " + merged.checkpoint());
        WriteBatch batch = merged.batch();
        if (surroundings.bug() == PlantedBug.CHECKPOINT_BEFORE_DATA) {
            batch = checkpointFirst(batch);
        }
        commit(batch, () -> {
            core.durable(merged.ticket());
            surroundings.applied(this, peer, hand.records());
            tell(peer, follower -> follower.applied(hand.session(), hand.records(), surroundings.nowMillis()));
        });
    }

    private WriteBatch checkpointFirst(WriteBatch batch) {
        WriteBatch checkpoint = new WriteBatch();
        WriteBatch rest = new WriteBatch();
        for (WriteBatch.Operation operation : batch.operations()) {
            byte[] value = operation.value();
            if (value != null) {
                (operation.key()[0] == RowKeys.CHECKPOINT ? checkpoint : rest).put(operation.key(), value);
            }
        }
        commit(checkpoint, () -> {});
        return rest;
    }

    private Map<PartitionRef, Long> checkpoints(String peer) {
        Map<PartitionRef, Long> positions = new LinkedHashMap<>();
        for (int partition = 0; partition < partitionCount; partition++) {
            positions.put(new PartitionRef(GLOBAL_TABLE, partition), disk.checkpoint(partition, peer));
        }
        return positions;
    }

    /** Where this region stands, for a failure's message. */
    String describe() {
        StringBuilder text = new StringBuilder("\n").append(name);
        for (PartitionCore core : partitions) {
            text.append(" last ").append(core.lastSequence());
        }
        followers.forEach((peer, follower) -> text.append("; ")
                .append(peer)
                .append(' ')
                .append(follower.phase())
                .append(' ')
                .append(checkpoints(peer).values()));
        rows().values().forEach(row -> text.append("\n    ").append(row.stamp()));
        return text.toString();
    }

    /** Every key's row, tombstones too. */
    public Map<ItemKey, StampedImage> rows() {
        return disk.rows();
    }

    /** The writes that lost to one that did not know of them, as recorded here. */
    public List<Conflict> conflicts() {
        return disk.conflicts();
    }

    /** The last sequence decided here, by partition. */
    public List<Long> lastSequences() {
        return partitions.stream().map(PartitionCore::lastSequence).toList();
    }

    /** Whether there are writes of this region's own after those sequences, by partition. */
    boolean hasWrittenAfter(List<Long> sequences) {
        for (int partition = 0; partition < partitionCount; partition++) {
            PartitionRef ref = new PartitionRef(GLOBAL_TABLE, partition);
            long last = partitions.get(partition).lastSequence();
            if (!disk.changes(ref, sequences.get(partition), last, 1).isEmpty()) {
                return true;
            }
        }
        return false;
    }

    /** How far a peer's writes are durable here, by partition. */
    public List<Long> checkpointsOf(String peer) {
        return List.copyOf(checkpoints(peer).values());
    }

    /** Lets go of an origin's change records below the sequences; nobody will ask for them any more. */
    public void forget(String origin, List<Long> below) {
        WriteBatch batch = new WriteBatch();
        for (int partition = 0; partition < partitionCount; partition++) {
            disk.forget(batch, partition, origin, below.get(partition));
        }
        commit(batch, () -> {});
    }
}
