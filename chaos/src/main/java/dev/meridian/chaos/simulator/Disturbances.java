package dev.meridian.chaos.simulator;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** What goes wrong in a simulation, at random times, until it is over: cuts, crashes, clocks that stray, replicas that come and go. */
final class Disturbances {

    private static final int CRASH_WAIT_MILLIS = 100;

    private final SplittableRandom random;
    private final Faults faults;
    private final List<SimulatedRegion> regions;
    private final Surroundings surroundings;
    private final SimulatedNetwork network;
    private final ReplicaChanges replicas;
    private final Map<String, Long> clockOffsets = new HashMap<>();
    private int crashes;
    private boolean isOver;

    Disturbances(
            SplittableRandom random,
            Faults faults,
            List<SimulatedRegion> regions,
            Surroundings surroundings,
            SimulatedNetwork network,
            ReplicaChanges replicas) {
        this.random = random;
        this.faults = faults;
        this.regions = regions;
        this.surroundings = surroundings;
        this.network = network;
        this.replicas = replicas;
    }

    void begin() {
        next();
    }

    /** Nothing more goes wrong, clocks are right again, and what is down starts. */
    void end() {
        isOver = true;
        clockOffsets.clear();
        regions.forEach(this::restart);
    }

    /** By how much a region's clock is off. */
    long clockOffsetMillis(SimulatedRegion region) {
        return clockOffsets.getOrDefault(region.name, 0L);
    }

    /** How many there were. */
    int crashes() {
        return crashes;
    }

    private SimulatedRegion any() {
        return regions.get(random.nextInt(regions.size()));
    }

    private void next() {
        surroundings.after(50 + random.nextInt(1_500), () -> {
            if (isOver) {
                return;
            }
            if (faults.cuts() && random.nextBoolean()) {
                cut(any().name + ">" + any().name);
            }
            if (faults.crashes() && random.nextInt(3) == 0) {
                crashWhileWriting(any(), CRASH_WAIT_MILLIS);
            }
            if (faults.skew() && random.nextInt(3) == 0) {
                clockOffsets.put(any().name, random.nextInt(20_000) - 10_000L);
            }
            if (faults.replicaChanges() && random.nextInt(2) == 0) {
                replicas.change(any());
            }
            next();
        });
    }

    private void cut(String link) {
        surroundings.trace(() -> "cut " + link);
        network.cut(link, 100 + random.nextInt(6_000));
    }

    /** A crash tells most while something is on its way to the disk; that is waited for a little. */
    private void crashWhileWriting(SimulatedRegion region, int millisLeft) {
        if (region.unsynced() > 1 || millisLeft == 0) {
            crash(region);
        } else {
            surroundings.after(1, () -> crashWhileWriting(region, millisLeft - 1));
        }
    }

    private void crash(SimulatedRegion region) {
        if (!region.isAlive()) {
            return;
        }
        crashes++;
        surroundings.trace(() -> "crash " + region.name);
        region.crash(random.nextInt(region.unsynced() + 1));
        replicas.checkIfMember(region);
        surroundings.after(10 + random.nextInt(3_000), () -> restart(region));
    }

    /** Also a region that was copying when it died starts again, and copies again. */
    private void restart(SimulatedRegion region) {
        if (!region.isAlive() && replicas.isMember(region)) {
            if (surroundings.bug() == PlantedBug.LOST_CHECKPOINT) {
                replicas.peersOf(region).stream().findFirst().ifPresent(region::loseCheckpoint);
            }
            region.start(replicas.peersOf(region));
        }
    }
}
