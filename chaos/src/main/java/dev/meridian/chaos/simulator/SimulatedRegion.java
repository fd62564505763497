package dev.meridian.chaos.simulator;

import dev.meridian.node.session.SessionLogs;
import dev.meridian.node.settings.ServiceSettings;
import dev.meridian.replication.link.PullAnswer;
import dev.meridian.replication.link.PullRequest;
import dev.meridian.replication.log.Conflict;
import dev.meridian.replication.log.StampedImage;
import dev.meridian.replication.tombstone.Standing;
import dev.meridian.storage.WriteBatch;
import dev.meridian.table.definition.TableSchema;
import dev.meridian.table.key.ItemKey;
import dev.meridian.table.operation.ItemWrite;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One region: the real cores over a simulated disk. What the actors do in a running region, this does in one thread. */
public final class SimulatedRegion {

    private static final long SESSION_WAIT_MILLIS =
            Math.round(ServiceSettings.defaults().number("session-wait-seconds") * 1_000);

    final String name;
    private final Surroundings surroundings;
    private final SimulatedDisk disk;
    private final SimulatedPartitions partitions;
    private final Life life;
    private final SimulatedSource source;
    private final SimulatedFollowers followers;
    private final TombstoneSweeps sweeps;
    private final CopyEnd copyEnd;
    private final SimulatedWrites clients;
    private @Nullable SimulatedAgreement agreement;
    private @Nullable SessionLogs sessions;

    /** A region that is not running yet, its disk empty. */
    public SimulatedRegion(String name, int partitionCount, int answerRecordsMax, Surroundings surroundings) {
        this.name = name;
        this.surroundings = surroundings;
        this.disk = new SimulatedDisk(name, answerRecordsMax);
        this.partitions = new SimulatedPartitions(this, partitionCount, disk, surroundings);
        this.life = partitions.life();
        this.source = new SimulatedSource(partitions, surroundings);
        this.followers = new SimulatedFollowers(this, partitions, surroundings);
        this.sweeps = new TombstoneSweeps(this, partitions, followers, surroundings);
        this.copyEnd = new CopyEnd(name, partitions);
        this.clients = new SimulatedWrites(this, partitions, source, surroundings);
    }

    public String name() {
        return name;
    }

    public boolean isAlive() {
        return life.isAlive();
    }

    /** Counts the starts and crashes, so that what was meant for an earlier life is known. */
    public long life() {
        return life.count();
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

    /** Starts from what the disk holds. */
    public void start(List<String> peers) {
        partitions.open();
        sweeps.clear();
        followers.clear();
        source.open();
        followers.follow(peers);
        source.tick();
        sessions = new SessionLogs(new SessionLogs.Setting(
                name,
                table -> OptionalInt.of(SimulatedDisk.TABLE),
                new SimulatedStore(this, partitions, surroundings),
                SESSION_WAIT_MILLIS,
                surroundings::nowMillis,
                partitions::later));
        agreement = surroundings
                .agreeing(this)
                .map(agreeing -> new SimulatedAgreement(this, partitions, clients, surroundings, agreeing))
                .orElse(null);
        if (surroundings.sweepMillis() > 0) {
            sweeps.repeat();
        }
    }

    /** Starts without a replica's data, to be given it: takes copied rows, follows nobody, serves nobody. */
    void startEmpty() {
        start(List.of());
    }

    /** From now on these peers are followed, and no others. */
    void follow(List<String> peers) {
        followers.follow(peers);
    }

    /** The replica is removed, and whatever belongs to it; what conflicts there were stays on record. */
    void leave() {
        partitions.end();
        followers.clear();
        disk.removeTable();
    }

    /** Dies; of what was on its way to the disk, so many batches had arrived. */
    public void crash(int survivors) {
        partitions.end();
        disk.crash(survivors);
    }

    /** How many batches are on their way to the disk. */
    public int unsynced() {
        return disk.store().queued();
    }

    /** A client writes here; told when it may be acknowledged. False where the disk is full or fails: nothing is changed. */
    public boolean write(ItemWrite write, Runnable acknowledge) {
        return write(List.of(write), acknowledge);
    }

    /** A client makes several writes at once: all are decided now and become durable together, or none does. */
    public boolean write(List<ItemWrite> writes, Runnable acknowledge) {
        return clients.write(writes, acknowledge);
    }

    /** Who carries a token is waited for by these. */
    public SessionLogs sessions() {
        return Objects.requireNonNull(sessions, "the region was never started");
    }

    /** The partitions that keys are in, as sessions tell them. */
    public Set<SessionLogs.Written> written(List<ItemKey> keys) {
        return keys.stream()
                .map(key -> key.partition(partitions.count()))
                .map(partition -> new SessionLogs.Written(
                        SimulatedPartitions.ref(partition).globalTable(), SimulatedDisk.TABLE, partition))
                .collect(Collectors.toSet());
    }

    /** Its part in the agreement of regions; only where the table is strongly consistent. */
    public SimulatedAgreement agreement() {
        return Objects.requireNonNull(agreement, "the table is not strongly consistent");
    }

    /** The table that every region has. */
    public TableSchema table() {
        return partitions.table();
    }

    /** What the key holds, durably. */
    public @Nullable StampedImage read(ItemKey key) {
        return disk.item(key);
    }

    /** A peer pulls. */
    public void pulled(String from, PullRequest request, Consumer<PullAnswer> reply) {
        source.pulled(from, request, reply);
    }

    /** A peer has answered a pull. */
    public void answered(String peer, long token, PullAnswer answer) {
        followers.answered(peer, token, answer);
    }

    /** A pull has come to nothing. */
    public void pullFailed(String peer, long token) {
        followers.failed(peer, token);
    }

    /** Where this region stands, told once what it says of its clock is durable; not told while members change. */
    void standing(Consumer<Standing> reply) {
        sweeps.standing(reply);
    }

    boolean hasTombstones() {
        return rows().values().stream().anyMatch(row -> row.image() == null);
    }

    /** How many tombstones this region has let go of. */
    int tombstonesGone() {
        return sweeps.gone();
    }

    /** This region as one end of a copy. */
    CopyEnd copyEnd() {
        return copyEnd;
    }

    /** Forgets how far a peer's log has been applied, as nobody should. */
    void loseCheckpoint(String peer) {
        disk.loseCheckpoint(0, peer);
    }

    /** Where this region stands, for a failure's message. */
    String describe() {
        StringBuilder text = new StringBuilder("\n").append(name);
        lastSequences().forEach(last -> text.append(" last ").append(last));
        text.append(followers.describe());
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
        return partitions.lastSequences();
    }

    /** Whether there are writes of this region's own after those sequences, by partition. */
    boolean hasWrittenAfter(List<Long> sequences) {
        List<Long> last = lastSequences();
        for (int partition = 0; partition < last.size(); partition++) {
            if (!disk.changes(SimulatedPartitions.ref(partition), sequences.get(partition), last.get(partition), 1)
                    .isEmpty()) {
                return true;
            }
        }
        return false;
    }

    /** How far a peer's writes are durable here, by partition. */
    public List<Long> checkpointsOf(String peer) {
        return List.copyOf(followers.checkpoints(peer).values());
    }

    /** Lets go of an origin's change records below the sequences; nobody will ask for them any more. */
    public void forget(String origin, List<Long> below) {
        WriteBatch batch = new WriteBatch();
        for (int partition = 0; partition < partitions.count(); partition++) {
            disk.forget(batch, partition, origin, below.get(partition));
        }
        partitions.commit(batch, () -> {});
    }
}
