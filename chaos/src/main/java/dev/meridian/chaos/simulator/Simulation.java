package dev.meridian.chaos.simulator;

import dev.meridian.conflict.ConflictPolicy;
import dev.meridian.replication.follower.Follower;
import dev.meridian.replication.log.ChangeRecord;
import dev.meridian.replication.log.StampedImage;
import dev.meridian.replication.tombstone.Standing;
import dev.meridian.table.key.ItemKey;
import dev.meridian.table.value.AttributeValue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * One seed's history: writes in random regions while links fail, clocks stray, regions crash and replicas come and go; then
 * everything is mended and the regions must come together. What must hold is checked as it happens and at the end; a breach is
 * an {@link AssertionError}. One seed gives one history.
 */
public final class Simulation implements Surroundings {

    private static final long FAULTY_MILLIS = 15_000;
    private static final long SETTLE_MILLIS = 120_000;
    private static final long CHECK_MILLIS = 1_000;
    /** How often it is looked whether regions have come together. */
    private static final long LOOK_MILLIS = 25;

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
            int replicaChanges,
            int tombstonesGone,
            long convergedAfterMillis) {}

    private final SplittableRandom random;
    private final Faults faults;
    private final PlantedBug bug;
    private final Mistakes mistakes;
    private final RandomWrites clients;
    private final int keys;
    private final Schedule schedule = new Schedule();
    private final String policy;
    private final Ledger ledger;
    private final Invariants invariants;
    private final Trace trace = new Trace();
    private final Map<String, SimulatedRegion> regions = new LinkedHashMap<>();
    private final ReplicaChanges replicas;
    private final CheckpointWatch checkpoints = new CheckpointWatch();
    private final SimulatedNetwork network;
    private final SimulatedCalls calls;
    private final Disturbances disturbances;
    private boolean faulty = true;
    private int writes;

    private Simulation(long seed, int regionCount, PlantedBug bug, String policy) {
        this.random = new SplittableRandom(seed);
        this.policy = policy;
        this.ledger = new Ledger(ConflictPolicy.named(policy));
        this.invariants = new Invariants(ledger, ConflictPolicy.named(policy));
        this.faults = Faults.draw(random);
        this.bug = bug;
        this.network = new SimulatedNetwork(schedule, random, faults);
        this.mistakes = new Mistakes(bug, random);
        this.clients = new RandomWrites(random, ConflictPolicy.named(policy).isByAttribute());
        this.keys = KEYS[random.nextInt(KEYS.length)];
        for (int i = 0; i < regionCount; i++) {
            String name = "region-" + (char) ('a' + i);
            regions.put(name, new SimulatedRegion(name, PARTITIONS, ANSWER_RECORDS_MAX, this));
        }
        this.replicas = new ReplicaChanges(regions, this, network::carry, invariants, checkpoints, PARTITIONS);
        this.calls = new SimulatedCalls(network, schedule, replicas);
        this.disturbances = new Disturbances(random, faults, List.copyOf(regions.values()), this, network, replicas);
    }

    /** Runs a seed; throws AssertionError, with the end of the trace, where something that must hold does not. */
    public static Outcome run(long seed, int regionCount, PlantedBug bug) {
        return run(seed, regionCount, bug, "");
    }

    /** The same in a table with that conflict policy. */
    public static Outcome run(long seed, int regionCount, PlantedBug bug, String policy) {
        Simulation simulation = new Simulation(seed, regionCount, bug, policy);
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
        regions.values().forEach(region -> region.start(replicas.peersOf(region)));
        scheduleWrite();
        disturbances.begin();
        scheduleCheck();
        // Each step checks what must always hold.
        schedule.passUntil(FAULTY_MILLIS);
        mend();
        long mended = schedule.nowMillis();
        while (!replicas.isSettled() || !invariants.haveConverged(replicas.members())) {
            if (!letPass(LOOK_MILLIS, mended + SETTLE_MILLIS)) {
                throw new AssertionError("no convergence within " + SETTLE_MILLIS + " ms after everything was mended"
                        + invariants.difference(replicas.members())
                        + regions.values().stream()
                                .map(SimulatedRegion::describe)
                                .collect(Collectors.joining()));
            }
        }
        long took = schedule.nowMillis() - mended;
        replicas.members().forEach(invariants::check);
        invariants.checkConflicts(replicas.members(), regions.values());
        awaitTombstonesGone(schedule.nowMillis());
        int acknowledged = (int)
                ledger.entries().stream().filter(entry -> entry.acknowledged).count();
        int conflicts = regions.values().stream()
                .mapToInt(region -> region.conflicts().size())
                .sum();
        int gone = regions.values().stream()
                .mapToInt(SimulatedRegion::tombstonesGone)
                .sum();
        return new Outcome(
                trace.hash(), writes, acknowledged, conflicts, disturbances.crashes(), replicas.changes(), gone, took);
    }

    /** Nobody needs them any more; and while they go, nothing that was deleted comes back. */
    private void awaitTombstonesGone(long since) {
        while (replicas.members().stream().anyMatch(SimulatedRegion::hasTombstones)
                || !invariants.haveConverged(replicas.members())) {
            if (!letPass(LOOK_MILLIS, since + SETTLE_MILLIS)) {
                throw new AssertionError("tombstones are left, or something came back, " + SETTLE_MILLIS
                        + " ms after all regions have passed them");
            }
        }
    }

    /** Lets so much time pass; false where that would be too much. */
    private boolean letPass(long millis, long untilMillis) {
        long until = Math.min(schedule.nowMillis() + millis, untilMillis);
        schedule.passUntil(until);
        return until < untilMillis;
    }

    private void scheduleWrite() {
        after(1 + random.nextInt(WRITE_MILLIS_MAX), () -> {
            if (!faulty) {
                return;
            }
            AttributeValue id = new AttributeValue.S("k" + random.nextInt(keys));
            write(anyRegion(), id);
            if (random.nextInt(5) == 0) {
                // Somebody else writes the same item at the same moment: clocks that agree make a tie.
                write(anyRegion(), id);
            }
            scheduleWrite();
        });
    }

    private void write(SimulatedRegion region, AttributeValue id) {
        if (region.isAlive() && replicas.takesWrites(region)) {
            writes++;
            region.write(clients.write(id, writes), () -> {});
        }
    }

    private SimulatedRegion anyRegion() {
        return List.copyOf(regions.values()).get(random.nextInt(regions.size()));
    }

    private void scheduleCheck() {
        after(CHECK_MILLIS, () -> {
            for (SimulatedRegion region : replicas.members()) {
                if (region.isAlive()) {
                    invariants.check(region);
                }
            }
            if (faulty) {
                scheduleCheck();
            }
        });
    }

    private void mend() {
        faulty = false;
        network.mend();
        disturbances.end();
        trace(() -> "mended");
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
        return disturbances.clockOffsetMillis(region);
    }

    @Override
    public long diskMillis(SimulatedRegion region) {
        return random.nextLong(faults.diskMillisMax() + 1);
    }

    @Override
    public String conflictPolicy(String region) {
        boolean isOther = bug == PlantedBug.OTHER_POLICY && region.equals(Mistakes.STUBBORN);
        return isOther ? (policy.isEmpty() ? "priority=" + region : "") : policy;
    }

    @Override
    public Runnable decided(SimulatedRegion region, ItemKey key, StampedImage written) {
        Ledger.Entry entry = ledger.decided(key, written);
        return () -> {
            if (!entry.acknowledged) {
                ledger.acknowledged(entry);
            }
        };
    }

    @Override
    public void synced(SimulatedRegion region) {
        replicas.peersOf(region).forEach(peer -> checkpoints.look(region, peer));
    }

    @Override
    public void gap(SimulatedRegion region, String peer) {
        replicas.repair(region, peer);
    }

    @Override
    public long sweepMillis() {
        return SWEEP_MILLIS;
    }

    @Override
    public Map<String, Long> membersOf(SimulatedRegion region) {
        return replicas.membersOf(region);
    }

    @Override
    public void askStanding(SimulatedRegion from, String peer, Consumer<Standing> answered) {
        calls.askStanding(from, region(peer), answered);
    }

    @Override
    public PlantedBug bug() {
        return bug;
    }

    @Override
    public List<ChangeRecord> bent(SimulatedRegion region, List<ChangeRecord> records) {
        return mistakes.bent(region, records, nowMillis());
    }

    @Override
    public void trace(Supplier<String> event) {
        trace.add(nowMillis(), event.get());
    }

    @Override
    public void pull(SimulatedRegion from, String peer, Follower.Effect.Pull pull) {
        calls.pull(from, region(peer), pull);
    }

    private SimulatedRegion region(String name) {
        SimulatedRegion region = regions.get(name);
        if (region == null) {
            throw new IllegalStateException("no region " + name);
        }
        return region;
    }
}
