package dev.meridian.chaos.simulator;

import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;

/** The links between simulated regions. Until it is mended it loses, doubles and reorders what it carries, and can be cut. */
final class SimulatedNetwork {

    private final Schedule schedule;
    private final SplittableRandom random;
    private final Faults faults;
    private final Set<String> cuts = new HashSet<>();
    private boolean isFaulty = true;

    SimulatedNetwork(Schedule schedule, SplittableRandom random, Faults faults) {
        this.schedule = schedule;
        this.random = random;
        this.faults = faults;
    }

    /** Nothing passes a link, {@code from>to}, for so long. */
    void cut(String link, long millis) {
        cuts.add(link);
        schedule.after(millis, () -> cuts.remove(link));
    }

    /** From now on everything arrives, and once. */
    void mend() {
        isFaulty = false;
        cuts.clear();
    }

    void carry(String link, Runnable arrive) {
        if (cuts.contains(link) || isFaulty && random.nextDouble() < faults.lossRatio()) {
            return;
        }
        int copies = isFaulty && random.nextDouble() < faults.duplicateRatio() ? 2 : 1;
        for (int copy = 0; copy < copies; copy++) {
            schedule.after(1 + random.nextLong(faults.latencyMillisMax()), arrive);
        }
    }
}
