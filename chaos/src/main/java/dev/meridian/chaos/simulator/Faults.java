package dev.meridian.chaos.simulator;

import java.util.SplittableRandom;

/**
 * Which faults a seed has, and how often. Drawn in two steps, as a mix where everything is always on finds less: first
 * which are on at all, then their rates.
 *
 * @param latencyMillisMax messages take from 1 to so many milliseconds, each its own time, so that they overtake
 * @param replicaChanges whether replicas are removed and added
 */
record Faults(
        double lossRatio,
        double duplicateRatio,
        long latencyMillisMax,
        boolean cuts,
        boolean crashes,
        boolean skew,
        long diskMillisMax,
        boolean replicaChanges) {

    static Faults draw(SplittableRandom random) {
        return new Faults(
                random.nextInt(3) == 0 ? random.nextDouble() * 0.2 : 0,
                random.nextInt(3) == 0 ? random.nextDouble() * 0.3 : 0,
                random.nextInt(2) == 0 ? 2 : 1 + random.nextInt(120),
                random.nextInt(2) == 0,
                random.nextInt(2) == 0,
                random.nextInt(3) == 0,
                1 + random.nextInt(20),
                random.nextInt(2) == 0);
    }
}
