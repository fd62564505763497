package dev.meridian.chaos.simulator;

import dev.meridian.conflict.HybridClock;
import dev.meridian.conflict.Version;
import dev.meridian.node.partition.ApplyOutcome;
import dev.meridian.node.partition.PartitionCore;
import dev.meridian.node.partition.PartitionId;
import dev.meridian.node.partition.WriteOutcome;
import dev.meridian.replication.follower.Follower;
import dev.meridian.replication.link.PartitionRef;
import dev.meridian.replication.link.PullAnswer;
import dev.meridian.replication.link.PullRequest;
import dev.meridian.replication.log.ChangeRecord;
import dev.meridian.replication.log.Conflict;
import dev.meridian.replication.log.RowKeys;
import dev.meridian.replication.log.StampedImage;
import dev.meridian.replication.source.LogSource;
import dev.meridian.storage.Direction;
import dev.meridian.storage.KeyRange;
import dev.meridian.storage.WriteBatch;
import dev.meridian.storage.memory.MemoryStore;
import dev.meridian.table.definition.KeySchema;
import dev.meridian.table.definition.TableSchema;
import dev.meridian.table.key.ItemKey;
import dev.meridian.table.operation.ItemWrite;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** One region: the real cores over a simulated disk. What the actors do in a running region, this does in one thread. */
final class SimulatedRegion {

    static final int PARTITIONS = 2;
    private static final int TABLE = 1;
    private static final String GLOBAL_TABLE = "table";
    private static final TableSchema SCHEMA = new TableSchema(
            "table",
            "arn",
            TABLE,
            PARTITIONS,
            Map.of("id", "S"),
            new KeySchema(List.of("id"), List.of()),
            1,
            List.of());

    final String name;
    private final Simulation simulation;
    private MemoryStore store = MemoryStore.stepped();
    private final List<PartitionCore> partitions = new ArrayList<>();
    private final Map<String, Follower> followers = new LinkedHashMap<>();
    private final Map<Long, Simulation.Reply> parked = new HashMap<>();
    private final Map<PartitionRef, Map<String, Long>> checkpointsSeen = new HashMap<>();
    private LogSource source = new LogSource(this::read);
    private long nextToken;
    private long lives;
    private boolean alive;
    private long clockOffsetMillis;
    private boolean syncScheduled;

    SimulatedRegion(String name, Simulation simulation) {
        this.name = name;
        this.simulation = simulation;
    }

    boolean isAlive() {
        return alive;
    }

    void skew(long offsetMillis) {
        clockOffsetMillis = offsetMillis;
    }

    private long wallMillis() {
        return simulation.nowMillis() + clockOffsetMillis + 1_000_000;
    }

    /** Starts from what the disk holds. */
    void start(List<String> peers) {
        alive = true;
        lives++;
        HybridClock clock = new HybridClock(0);
        partitions.clear();
        followers.clear();
        parked.clear();
        source = new LogSource(this::read);
        for (int partition = 0; partition < PARTITIONS; partition++) {
            PartitionCore core =
                    new PartitionCore(new PartitionId(name, TABLE, partition, GLOBAL_TABLE), SCHEMA, store, clock);
            partitions.add(core);
            source.open(new PartitionRef(GLOBAL_TABLE, partition), core.lastSequence());
        }
        for (String peer : peers) {
            Follower follower = new Follower(() -> checkpoints(peer), lives * 1_000_000);
            followers.put(peer, follower);
            run(peer, follower.restart(simulation.nowMillis()));
        }
        repeatTick(lives);
    }

    /** Dies; of what was on its way to the disk, so many batches had arrived. */
    void crash(int survivors) {
        alive = false;
        lives++;
        syncScheduled = false;
        store = store.crash(survivors);
    }

    int unsynced() {
        return store.queued();
    }

    private void repeatTick(long life) {
        simulation.after(500, () -> {
            if (alive && lives == life) {
                run(source.tick(simulation.nowMillis()));
                repeatTick(life);
            }
        });
    }

    /** A client writes here. */
    void write(ItemWrite write) {
        PartitionCore core = partitions.get(write.key().partition(PARTITIONS));
        WriteOutcome outcome = core.write(write, wallMillis());
        if (!(outcome instanceof WriteOutcome.Written written)) {
            return;
        }
        Ledger.Entry entry =
                simulation.ledger().decided(write.key(), written.change().stamp());
        simulation.trace(name + " writes " + written.change().sequence() + " " + entry.version());
        if (simulation.bug() == PlantedBug.ACKNOWLEDGE_BEFORE_SYNC) {
            simulation.ledger().acknowledged(entry);
        }
        PartitionRef ref = new PartitionRef(GLOBAL_TABLE, write.key().partition(PARTITIONS));
        commit(written.batch(), () -> {
            core.durable(written.ticket());
            if (!entry.acknowledged) {
                simulation.ledger().acknowledged(entry);
            }
            run(source.advance(ref, written.change().sequence(), simulation.nowMillis()));
        });
    }

    private void commit(WriteBatch batch, Runnable durable) {
        long life = lives;
        store.commit(batch).whenComplete((done, failure) -> {
            if (failure == null && lives == life) {
                durable.run();
            }
        });
        if (!syncScheduled) {
            syncScheduled = true;
            simulation.after(simulation.diskMillis(), () -> {
                if (lives == life) {
                    syncScheduled = false;
                    store.sync(Integer.MAX_VALUE);
                    checkCheckpoints();
                }
            });
        }
    }

    /** A peer pulls. */
    void pulled(String from, PullRequest request, Simulation.Reply reply) {
        long token = nextToken++;
        parked.put(token, reply);
        run(source.pull(from, token, request, simulation.nowMillis()));
    }

    private void run(List<LogSource.Effect> effects) {
        for (LogSource.Effect effect : effects) {
            if (effect instanceof LogSource.Effect.Reply reply) {
                Simulation.Reply pull = parked.remove(reply.token());
                if (pull != null) {
                    pull.answer(reply.answer());
                }
            } else if (effect instanceof LogSource.Effect.Wake wake) {
                long life = lives;
                simulation.after(wake.atMillis() - simulation.nowMillis(), () -> {
                    if (lives == life) {
                        run(source.tick(simulation.nowMillis()));
                    }
                });
            }
        }
    }

    private void run(String peer, List<Follower.Effect> effects) {
        long life = lives;
        for (Follower.Effect effect : effects) {
            if (effect instanceof Follower.Effect.Pull pull) {
                simulation.pull(this, peer, pull);
            } else if (effect instanceof Follower.Effect.Hand hand) {
                hand(peer, hand);
            } else if (effect instanceof Follower.Effect.Wake wake) {
                simulation.after(wake.atMillis() - simulation.nowMillis(), () -> {
                    if (alive && lives == life) {
                        run(peer, followerOf(peer).tick(simulation.nowMillis()));
                    }
                });
            }
        }
    }

    private Follower followerOf(String peer) {
        Follower follower = followers.get(peer);
        if (follower == null) {
            throw new IllegalStateException(name + " does not follow " + peer);
        }
        return follower;
    }

    long life() {
        return lives;
    }

    void answered(String peer, long token, PullAnswer answer) {
        run(peer, followerOf(peer).answered(token, answer, simulation.nowMillis()));
    }

    void pullFailed(String peer, long token) {
        run(peer, followerOf(peer).failed(token, simulation.nowMillis()));
    }

    private void hand(String peer, Follower.Effect.Hand hand) {
        PartitionCore core = partitions.get(hand.partition().partition());
        ApplyOutcome outcome = core.apply(peer, simulation.bent(hand.records(), store), wallMillis());
        if (!(outcome instanceof ApplyOutcome.Merged merged)) {
            simulation.trace(name + " finds a gap from " + peer);
            run(peer, followerOf(peer).refused(hand.session(), simulation.nowMillis()));
            return;
        }
        simulation.trace(name + " applies from " + peer + " up to " + merged.checkpoint());
        WriteBatch batch = merged.batch();
        if (simulation.bug() == PlantedBug.CHECKPOINT_BEFORE_DATA) {
            batch = checkpointFirst(batch);
        }
        commit(batch, () -> {
            core.durable(merged.ticket());
            run(peer, followerOf(peer).applied(hand.session(), hand.records().size(), simulation.nowMillis()));
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

    private List<ChangeRecord> read(PartitionRef partition, long after, long upTo, int bytesMax) {
        List<ChangeRecord> records = new ArrayList<>();
        store.scan(
                new KeyRange(
                        RowKeys.change(TABLE, partition.partition(), name, after + 1),
                        RowKeys.change(TABLE, partition.partition(), name, upTo + 1)),
                Direction.ASCENDING,
                (key, value) -> {
                    records.add(ChangeRecord.decode(value));
                    return records.size() < 20;
                });
        return records;
    }

    private Map<PartitionRef, Long> checkpoints(String peer) {
        Map<PartitionRef, Long> positions = new LinkedHashMap<>();
        for (int partition = 0; partition < PARTITIONS; partition++) {
            positions.put(new PartitionRef(GLOBAL_TABLE, partition), checkpoint(partition, peer));
        }
        return positions;
    }

    private long checkpoint(int partition, String peer) {
        byte[] row = store.get(RowKeys.checkpoint(TABLE, partition, peer));
        return row == null ? 0 : ByteBuffer.wrap(row).getLong();
    }

    private void checkCheckpoints() {
        for (String peer : followers.keySet()) {
            for (int partition = 0; partition < PARTITIONS; partition++) {
                long now = checkpoint(partition, peer);
                Long before = checkpointsSeen
                        .computeIfAbsent(new PartitionRef(GLOBAL_TABLE, partition), none -> new HashMap<>())
                        .put(peer, now);
                if (before != null && before > now) {
                    throw new AssertionError(
                            "a checkpoint of " + name + " for " + peer + " went back from " + before + " to " + now);
                }
            }
        }
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

    /** Nothing this region has acknowledged may be missing here, except for a newer version. */
    void checkAcknowledged() {
        Map<ItemKey, StampedImage> rows = rows();
        simulation.ledger().greatestAcknowledged(name).forEach((key, version) -> {
            StampedImage row = rows.get(key);
            if (row == null || row.stamp().version().compareTo(version) < 0) {
                throw new AssertionError(name + " has acknowledged " + version + " and holds "
                        + (row == null ? "nothing" : row.stamp().version()));
            }
        });
    }

    /** All item rows. */
    Map<ItemKey, StampedImage> rows() {
        Map<ItemKey, StampedImage> rows = new TreeMap<>();
        store.scan(KeyRange.prefix(RowKeys.rowPrefix(TABLE, 0)), Direction.ASCENDING, (key, value) -> {
            rows.put(new ItemKey(RowKeys.withinTable(key)), StampedImage.decode(value));
            return true;
        });
        return rows;
    }

    /** The versions that lost to a write that did not know of them, as recorded here. */
    List<Version> losers() {
        List<Version> losers = new ArrayList<>();
        store.scan(KeyRange.prefix(new byte[] {RowKeys.CONFLICT}), Direction.ASCENDING, (key, value) -> {
            losers.add(Conflict.decode(value).loser().stamp().version());
            return true;
        });
        return losers;
    }
}
