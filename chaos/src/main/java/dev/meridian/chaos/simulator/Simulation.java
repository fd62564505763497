package dev.meridian.chaos.simulator;

import dev.meridian.conflict.Stamp;
import dev.meridian.conflict.Version;
import dev.meridian.replication.follower.Follower;
import dev.meridian.replication.link.PullAnswer;
import dev.meridian.replication.link.PullRequest;
import dev.meridian.replication.log.ChangeRecord;
import dev.meridian.replication.log.StampedImage;
import dev.meridian.replication.tombstone.Standing;
import dev.meridian.storage.OrderedReader;
import dev.meridian.table.key.ItemKey;
import dev.meridian.table.key.KeyEncoder;
import dev.meridian.table.operation.ItemWrite;
import dev.meridian.table.operation.WriteDecision;
import dev.meridian.table.value.AttributeValue;
import dev.meridian.table.value.Item;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One seed's history: writes in random regions while links fail, clocks stray and regions crash; then everything is mended
 * and the regions must come together. What must hold is checked as it happens and at the end; a breach is an {@link
 * AssertionError}. One seed gives one history.
 */
public final class Simulation implements Surroundings {

    private static final long FAULTY_MILLIS = 20_000;
    private static final long SETTLE_MILLIS = 120_000;
    private static final long PULL_TIMEOUT_MILLIS = 9_500;
    /** Few keys make conflicts, many keep what is lost from being overwritten. */
    private static final int[] KEYS = {3, 10, 60, 300};

    private static final long SWEEP_MILLIS = 400;
    private static final int WRITE_MILLIS_MAX = 120;
    private static final int PARTITIONS = 2;
    private static final int ANSWER_RECORDS_MAX = 20;

    /** How it went. */
    public record Outcome(
            long traceHash,
            int writes,
            int acknowledged,
            int conflicts,
            int crashes,
            int tombstonesGone,
            long convergedAfterMillis) {}

    private final SplittableRandom random;
    private final Faults faults;
    private final PlantedBug bug;
    private final int keys;
    private final Schedule schedule = new Schedule();
    private final Ledger ledger = new Ledger();
    private final Trace trace = new Trace();
    private final Map<String, SimulatedRegion> regions = new LinkedHashMap<>();
    private final CheckpointWatch checkpoints = new CheckpointWatch();
    private final Map<String, Long> clockOffsets = new HashMap<>();
    private final Set<String> cuts = new HashSet<>();
    private boolean faulty = true;
    private int writes;
    private int crashes;

    private Simulation(long seed, int regionCount, PlantedBug bug) {
        this.random = new SplittableRandom(seed);
        this.faults = Faults.draw(random);
        this.bug = bug;
        this.keys = KEYS[random.nextInt(KEYS.length)];
        for (int i = 0; i < regionCount; i++) {
            String name = "region-" + (char) ('a' + i);
            regions.put(name, new SimulatedRegion(name, PARTITIONS, ANSWER_RECORDS_MAX, this));
        }
    }

    /** Runs a seed; throws AssertionError, with the end of the trace, where something that must hold does not. */
    public static Outcome run(long seed, int regionCount, PlantedBug bug) {
        Simulation simulation = new Simulation(seed, regionCount, bug);
        try {
            return simulation.run();
        } catch (AssertionError | IllegalStateException breach) {
            throw new AssertionError(
                    "seed " + seed + ", " + regionCount + " regions: " + breach.getMessage() + "\n"
                            + String.join("\n", simulation.trace.last()),
                    breach);
        }
    }

    private Outcome run() {
        regions.values().forEach(region -> region.start(peersOf(region)));
        scheduleWrite();
        scheduleFault();
        while (schedule.step(FAULTY_MILLIS)) {
            // Each step checks what must always hold.
        }
        mend();
        long mended = schedule.nowMillis();
        while (!haveConverged()) {
            if (!schedule.step(mended + SETTLE_MILLIS)) {
                throw new AssertionError("no convergence within " + SETTLE_MILLIS + " ms after everything was mended"
                        + regions.values().stream()
                                .map(SimulatedRegion::describe)
                                .collect(java.util.stream.Collectors.joining()));
            }
        }
        long took = schedule.nowMillis() - mended;
        checkEnd();
        awaitTombstonesGone(schedule.nowMillis());
        int acknowledged = (int)
                ledger.entries().stream().filter(entry -> entry.acknowledged).count();
        int conflicts = regions.values().stream()
                .mapToInt(region -> region.conflicts().size())
                .sum();
        int gone = regions.values().stream()
                .mapToInt(SimulatedRegion::tombstonesGone)
                .sum();
        return new Outcome(trace.hash(), writes, acknowledged, conflicts, crashes, gone, took);
    }

    private List<String> peersOf(SimulatedRegion region) {
        List<String> peers = new ArrayList<>(regions.keySet());
        peers.remove(region.name);
        return peers;
    }

    private void scheduleWrite() {
        after(1 + random.nextInt(WRITE_MILLIS_MAX), () -> {
            if (!faulty) {
                return;
            }
            SimulatedRegion region = anyRegion();
            if (region.isAlive()) {
                writes++;
                region.write(randomWrite(), () -> {});
            }
            scheduleWrite();
        });
    }

    private SimulatedRegion anyRegion() {
        return List.copyOf(regions.values()).get(random.nextInt(regions.size()));
    }

    private ItemWrite randomWrite() {
        AttributeValue id = new AttributeValue.S("k" + random.nextInt(keys));
        ItemKey key = KeyEncoder.itemKey(List.of(id), List.of());
        boolean delete = random.nextInt(5) == 0;
        Item item = new Item(Map.of("id", id, "v", new AttributeValue.S("w" + writes)));
        return new ItemWrite() {
            @Override
            public ItemKey key() {
                return key;
            }

            @Override
            public WriteDecision decide(@Nullable Item current) {
                if (!delete) {
                    return new WriteDecision.Store(item);
                }
                return current == null ? new WriteDecision.Keep() : new WriteDecision.Remove();
            }
        };
    }

    private void scheduleFault() {
        after(50 + random.nextInt(1_500), () -> {
            if (!faulty) {
                return;
            }
            if (faults.cuts() && random.nextBoolean()) {
                cut(anyRegion().name + ">" + anyRegion().name);
            }
            if (faults.crashes() && random.nextInt(3) == 0) {
                crash(anyRegion());
            }
            if (faults.skew() && random.nextInt(3) == 0) {
                clockOffsets.put(anyRegion().name, random.nextInt(20_000) - 10_000L);
            }
            scheduleFault();
        });
    }

    private void cut(String link) {
        trace(() -> "cut " + link);
        cuts.add(link);
        after(100 + random.nextInt(6_000), () -> cuts.remove(link));
    }

    private void crash(SimulatedRegion region) {
        if (!region.isAlive()) {
            return;
        }
        crashes++;
        trace(() -> "crash " + region.name);
        region.crash(random.nextInt(region.unsynced() + 1));
        checkAcknowledged(region);
        after(10 + random.nextInt(3_000), () -> {
            if (!region.isAlive()) {
                region.start(peersOf(region));
            }
        });
    }

    private void mend() {
        faulty = false;
        cuts.clear();
        clockOffsets.clear();
        regions.values().forEach(region -> {
            if (!region.isAlive()) {
                region.start(peersOf(region));
            }
        });
        trace(() -> "mended");
    }

    private boolean haveConverged() {
        if (regions.values().stream().anyMatch(region -> region.unsynced() > 0)) {
            return false;
        }
        Map<ItemKey, String> first = null;
        for (SimulatedRegion region : regions.values()) {
            Map<ItemKey, String> rows = new LinkedHashMap<>();
            // Tombstones go in each region when it finds that they may.
            region.rows().forEach((key, row) -> {
                if (row.image() != null) {
                    rows.put(key, row.stamp().version() + content(row));
                }
            });
            if (first != null && !first.equals(rows)) {
                return false;
            }
            first = rows;
        }
        return holdsEverything();
    }

    private static String content(StampedImage row) {
        return java.util.Arrays.toString(row.image());
    }

    private boolean holdsEverything() {
        return regions.values().stream().map(SimulatedRegion::rows).allMatch(this::holdsEverything);
    }

    private boolean holdsEverything(Map<ItemKey, StampedImage> rows) {
        return ledger.greatestAcknowledged("").entrySet().stream().allMatch(greatest -> {
            StampedImage row = rows.get(greatest.getKey());
            return holds(row, greatest.getKey(), greatest.getValue());
        });
    }

    /** A version or a later one is there; nothing is, if that was a delete. */
    private boolean holds(@Nullable StampedImage row, ItemKey key, Version version) {
        return row == null
                ? ledger.isDeletedSince(key, version)
                : row.stamp().version().compareTo(version) >= 0;
    }

    /** Nobody needs them any more; and while they go, nothing that was deleted comes back. */
    private void awaitTombstonesGone(long since) {
        while (regions.values().stream().anyMatch(SimulatedRegion::hasTombstones) || !haveConverged()) {
            if (!schedule.step(since + SETTLE_MILLIS)) {
                throw new AssertionError("tombstones are left, or something came back, " + SETTLE_MILLIS
                        + " ms after all regions have passed them");
            }
        }
    }

    /** Every key holds the greatest version; whatever was lost to a write that did not know of it is on record. */
    private void checkEnd() {
        Map<ItemKey, StampedImage> rows = regions.values().iterator().next().rows();
        Set<Version> losers = new HashSet<>();
        regions.values().forEach(region -> {
            checkAcknowledged(region);
            region.conflicts()
                    .forEach(conflict -> losers.add(conflict.loser().stamp().version()));
        });
        for (Ledger.Entry entry : ledger.entries()) {
            StampedImage row = rows.get(entry.key);
            boolean stands =
                    row == null ? entry.isDelete : row.stamp().version().equals(entry.version());
            boolean known = ledger.entries().stream()
                    .anyMatch(other ->
                            other != entry && other.key.equals(entry.key) && knows(other.stamp, entry.version()));
            if (entry.acknowledged && !stands && !known && !losers.contains(entry.version())) {
                throw new AssertionError(
                        entry.version() + " was acknowledged, overwritten by a write that did not know of it, "
                                + "and is in no conflict log");
            }
        }
    }

    private static boolean knows(Stamp stamp, Version version) {
        return stamp.seen().covers(version);
    }

    /** Nothing a region has acknowledged may be missing there, except for a newer version. */
    private void checkAcknowledged(SimulatedRegion region) {
        Map<ItemKey, StampedImage> rows = region.rows();
        ledger.greatestAcknowledged(region.name).forEach((key, version) -> {
            StampedImage row = rows.get(key);
            if (!holds(row, key, version)) {
                throw new AssertionError(region.name + " has acknowledged " + version + " and holds "
                        + (row == null ? "nothing" : row.stamp().version()));
            }
        });
    }

    @Override
    public long nowMillis() {
        return schedule.nowMillis();
    }

    @Override
    public void after(long delayMillis, Runnable action) {
        schedule.after(delayMillis, action);
    }

    @Override
    public long clockOffsetMillis(SimulatedRegion region) {
        return clockOffsets.getOrDefault(region.name, 0L);
    }

    @Override
    public long diskMillis(SimulatedRegion region) {
        return random.nextLong(faults.diskMillisMax() + 1);
    }

    @Override
    public Runnable decided(ItemKey key, Stamp stamp, boolean isDelete) {
        Ledger.Entry entry = ledger.decided(key, stamp, isDelete);
        return () -> {
            if (!entry.acknowledged) {
                ledger.acknowledged(entry);
            }
        };
    }

    @Override
    public void synced(SimulatedRegion region) {
        peersOf(region).forEach(peer -> checkpoints.look(region, peer));
    }

    @Override
    public long sweepMillis() {
        return SWEEP_MILLIS;
    }

    @Override
    public void askStanding(SimulatedRegion from, String peer, Consumer<Standing> answered) {
        long life = from.life();
        carry(from.name + ">" + peer, () -> {
            SimulatedRegion to = region(peer);
            if (to.isAlive()) {
                to.standing(standing -> carry(peer + ">" + from.name, () -> {
                    if (from.isAlive() && from.life() == life) {
                        answered.accept(standing);
                    }
                }));
            }
        });
    }

    @Override
    public PlantedBug bug() {
        return bug;
    }

    @Override
    public void trace(Supplier<String> event) {
        trace.add(nowMillis(), event.get());
    }

    @Override
    public List<ChangeRecord> bent(List<ChangeRecord> records, OrderedReader store) {
        if (bug == PlantedBug.SKIPPED_RECORD && records.size() > 1 && random.nextInt(20) == 0) {
            List<ChangeRecord> bent = new ArrayList<>(records);
            ChangeRecord skipped = bent.remove(0);
            ChangeRecord next = bent.get(0);
            bent.set(0, new ChangeRecord(skipped.sequence(), next.key(), next.stamp(), next.image()));
            bent.add(1, new ChangeRecord(next.sequence(), next.key(), next.stamp(), next.image()));
            return bent;
        }
        if (bug == PlantedBug.LAST_ARRIVAL_WINS) {
            List<ChangeRecord> bent = new ArrayList<>();
            for (ChangeRecord record : records) {
                Version version = record.stamp().version();
                Version later = new Version(version.timestamp() + nowMillis() * 65_536, version.region());
                bent.add(new ChangeRecord(
                        record.sequence(),
                        record.key(),
                        new Stamp(later, record.stamp().seen().with(later)),
                        record.image()));
            }
            return bent;
        }
        return records;
    }

    @Override
    public void pull(SimulatedRegion from, String peer, Follower.Effect.Pull pull) {
        long life = from.life();
        byte[] request = pull.request().encode();
        carry(from.name + ">" + peer, () -> {
            SimulatedRegion to = region(peer);
            if (to.isAlive()) {
                to.pulled(from.name, PullRequest.decode(request), answer -> {
                    byte[] bytes = answer.encode();
                    carry(peer + ">" + from.name, () -> {
                        if (from.isAlive() && from.life() == life) {
                            from.answered(peer, pull.token(), PullAnswer.decode(bytes));
                        }
                    });
                });
            }
        });
        after(PULL_TIMEOUT_MILLIS, () -> {
            if (from.isAlive() && from.life() == life) {
                from.pullFailed(peer, pull.token());
            }
        });
    }

    private SimulatedRegion region(String name) {
        SimulatedRegion region = regions.get(name);
        if (region == null) {
            throw new IllegalStateException("no region " + name);
        }
        return region;
    }

    private void carry(String link, Runnable arrive) {
        if (cuts.contains(link) || faulty && random.nextDouble() < faults.lossRatio()) {
            return;
        }
        int copies = faulty && random.nextDouble() < faults.duplicateRatio() ? 2 : 1;
        for (int copy = 0; copy < copies; copy++) {
            after(1 + random.nextLong(faults.latencyMillisMax()), arrive);
        }
    }
}
