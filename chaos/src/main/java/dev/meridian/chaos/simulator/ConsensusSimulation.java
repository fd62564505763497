package dev.meridian.chaos.simulator;

import dev.meridian.replication.consensus.AcceptorState;
import dev.meridian.replication.consensus.Ballot;
import dev.meridian.replication.consensus.Change;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * One seed's history of three regions that agree on items: reads, writes and conditional writes in all of them, while messages
 * are lost, doubled and overtake each other, links are cut and regions crash. Every item's history must be linearizable, a
 * ballot has one value, and once everything is mended every region answers. A breach is an {@link AssertionError}. One seed
 * gives one history.
 */
public final class ConsensusSimulation {

    private static final long FAULTY_MILLIS = 8_000;
    private static final long SETTLE_MILLIS = 30_000;
    private static final int CALL_MILLIS_MAX = 120;
    static final List<String> NAMES = List.of("region-a", "region-b", "region-c");

    /** How it went. */
    public record Outcomes(
            long traceHash, int operations, int replaced, int overtaken, int unreachable, int unknown, int crashes) {}

    /** What is counted on the way. */
    static final class Tally {
        int operations;
        int replaced;
        int overtaken;
        int unreachable;
        int unknown;
        int crashes;
    }

    private final SplittableRandom random;
    private final Faults faults;
    private final ConsensusBug bug;
    private final int keys;
    private final Schedule schedule = new Schedule();
    private final Trace trace = new Trace();
    private final Map<String, ConsensusRegion> regions = new LinkedHashMap<>();
    private final ConsensusHistory history = new ConsensusHistory();
    private final Tally tally = new Tally();
    private final Map<String, Map<Ballot, byte @Nullable []>> values = new HashMap<>();
    private final SimulatedNetwork network;
    private boolean faulty = true;
    private boolean isSettled;

    private ConsensusSimulation(long seed, ConsensusBug bug) {
        this.random = new SplittableRandom(seed);
        this.faults = Faults.draw(random);
        this.bug = bug;
        this.network = new SimulatedNetwork(schedule, random, faults);
        this.keys = 1 + random.nextInt(3);
        NAMES.forEach(name -> regions.put(name, new ConsensusRegion(name, this)));
    }

    /** Runs a seed; throws AssertionError, with the end of the trace, where something that must hold does not. */
    public static Outcomes run(long seed, ConsensusBug bug) {
        ConsensusSimulation simulation = new ConsensusSimulation(seed, bug);
        try {
            return simulation.run();
        } catch (AssertionError breach) {
            throw new AssertionError(
                    "seed " + seed + ": " + breach.getMessage() + "\n" + String.join("\n", simulation.trace.last()),
                    breach);
        }
    }

    private Outcomes run() {
        regions.values().forEach(ConsensusRegion::start);
        scheduleCall();
        scheduleFault();
        runFor(FAULTY_MILLIS);
        mend();
        runFor(SETTLE_MILLIS);
        isSettled = true;
        for (String key : history.keys()) {
            regions.values().forEach(region -> region.call(key, Change.READ, null));
            runFor(SETTLE_MILLIS);
        }
        history.check();
        return new Outcomes(
                trace.hash(),
                tally.operations,
                tally.replaced,
                tally.overtaken,
                tally.unreachable,
                tally.unknown,
                tally.crashes);
    }

    private void runFor(long millis) {
        // What must hold at all times is checked on the way.
        schedule.passUntil(schedule.nowMillis() + millis);
    }

    private void scheduleCall() {
        after(1 + random.nextInt(CALL_MILLIS_MAX), () -> {
            if (!faulty) {
                return;
            }
            ConsensusRegion region = anyRegion();
            if (region.isAlive()) {
                String key = "k" + random.nextInt(keys);
                int kind = random.nextInt(3);
                if (kind == 0) {
                    region.call(key, Change.READ, null);
                } else {
                    int id = ++tally.operations;
                    String expected = kind == 1 ? null : region.lastSeen(key);
                    region.call(key, new ConsensusClient(id, expected), Integer.toString(id));
                }
            }
            scheduleCall();
        });
    }

    private ConsensusRegion anyRegion() {
        return region(NAMES.get(random.nextInt(NAMES.size())));
    }

    ConsensusRegion region(String name) {
        ConsensusRegion region = regions.get(name);
        if (region == null) {
            throw new IllegalStateException("no region " + name);
        }
        return region;
    }

    private void scheduleFault() {
        after(50 + random.nextInt(800), () -> {
            if (!faulty) {
                return;
            }
            if (faults.cuts() && random.nextBoolean()) {
                String link = anyRegion().name() + ">" + anyRegion().name();
                trace("cut " + link);
                network.cut(link, 50 + random.nextInt(2_000));
            }
            if (faults.crashes() && random.nextInt(3) == 0) {
                anyRegion().crash();
            }
            scheduleFault();
        });
    }

    private void mend() {
        faulty = false;
        network.mend();
        regions.values().stream().filter(region -> !region.isAlive()).forEach(ConsensusRegion::start);
        trace("mended");
    }

    /** An acceptor has durably accepted; in one ballot there is one value. */
    void accepted(String key, String region, AcceptorState state) {
        if (state.accepted().equals(Ballot.ZERO)) {
            return;
        }
        Map<Ballot, byte @Nullable []> ofKey = values.computeIfAbsent(key, none -> new HashMap<>());
        byte[] value = state.value();
        if (ofKey.containsKey(state.accepted()) && !Arrays.equals(ofKey.get(state.accepted()), value)) {
            throw new AssertionError("two values in ballot " + state.accepted() + " at " + region);
        }
        ofKey.put(state.accepted(), value);
    }

    Tally tally() {
        return tally;
    }

    ConsensusHistory history() {
        return history;
    }

    /** Whether everything was mended and has had time. */
    boolean isSettled() {
        return isSettled;
    }

    SplittableRandom random() {
        return random;
    }

    ConsensusBug bug() {
        return bug;
    }

    long nowMillis() {
        return schedule.nowMillis();
    }

    void after(long delayMillis, Runnable action) {
        schedule.after(delayMillis, action);
    }

    long diskMillis() {
        return random.nextLong(faults.diskMillisMax() + 1);
    }

    void trace(String event) {
        trace.add(nowMillis(), event);
    }

    /** Carries a message or its answer; what stays within a region always arrives. */
    void carry(String from, String to, Runnable arrive) {
        if (from.equals(to)) {
            after(0, arrive);
        } else {
            network.carry(from + ">" + to, arrive);
        }
    }
}
