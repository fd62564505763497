package dev.meridian.chaos.soak;

import dev.meridian.chaos.drill.Drill;
import dev.meridian.chaos.drill.Threshold;
import dev.meridian.chaos.monkey.Monkey;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Makes a drill of writes in every region with a random fault every so often; every acknowledged write must be accounted for. */
public final class Soak {

    private static final int KEYS = 2_000;
    private static final int ITEM_BYTES = 300;
    private static final int PUT_PERCENT = 90;
    private static final long TIMEOUT_MILLIS = 3_000;
    private static final long SETTLE_MILLIS = 120_000;
    /** Faults are undone in time for the next. */
    private static final double OF_PAUSE_MAX = 0.6;

    private Soak() {}

    /** One seed makes one drill. */
    public static Drill drill(List<String> regions, long forMillis, long everyMillis, double perSecond, long seed) {
        Monkey monkey = new Monkey(regions, new Random(seed));
        List<Drill.Step> steps = new ArrayList<>();
        for (long at = everyMillis / 2; at + everyMillis <= forMillis; at += everyMillis) {
            Monkey.Prank prank = monkey.next();
            steps.add(new Drill.Step(
                    at, Math.min(prank.forMillis(), Math.round(everyMillis * OF_PAUSE_MAX)), prank.fault(), 0));
        }
        return new Drill(
                "soak",
                "Writes in " + regions.size() + " regions, a fault every " + everyMillis / 1_000 + " s",
                "Every region takes writes for a long time while something breaks every so often. In the end each write that was "
                        + "acknowledged stands, was overwritten by one that came later, or is in a conflict log.",
                seed,
                Drill.Topology.eventual(regions, "none"),
                new Drill.Load(
                        Drill.WriteMode.ANY_REGION,
                        Drill.Workload.PUT,
                        regions.get(0),
                        List.of(),
                        perSecond,
                        forMillis,
                        KEYS,
                        0,
                        ITEM_BYTES,
                        PUT_PERCENT,
                        false,
                        false,
                        TIMEOUT_MILLIS,
                        1,
                        "",
                        0),
                steps,
                List.of(new Threshold("lost-acknowledged-writes == 0", "lost-acknowledged-writes", "==", 0)),
                List.of(),
                SETTLE_MILLIS);
    }
}
