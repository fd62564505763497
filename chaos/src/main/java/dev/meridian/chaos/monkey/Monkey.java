package dev.meridian.chaos.monkey;

import dev.meridian.chaos.drill.DrillFault;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Thinks of something to break, again and again: one thing at a time, for a while, then nothing for a while. Pure but for its
 * randomness; one seed gives one sequence.
 */
public final class Monkey {

    private static final long CALM_MILLIS_MIN = 3_000;
    private static final long CALM_MILLIS_SPREAD = 9_000;
    private static final long FAULT_MILLIS_MIN = 2_000;
    private static final long FAULT_MILLIS_SPREAD = 8_000;

    /** What the monkey does, in a sentence, for people. */
    public static final String RATE = "about four faults a minute, one at a time, each for 2 to 10 s";

    /** What it does next, when, and for how long. */
    public record Prank(long afterMillis, DrillFault fault, long forMillis) {}

    private final List<String> regions;
    private final RandomGenerator random;

    public Monkey(List<String> regions, RandomGenerator random) {
        this.regions = List.copyOf(regions);
        this.random = random;
    }

    /** The next thing. */
    public Prank next() {
        long after = CALM_MILLIS_MIN + random.nextLong(CALM_MILLIS_SPREAD);
        DrillFault fault = fault();
        return new Prank(after, fault, FAULT_MILLIS_MIN + random.nextLong(FAULT_MILLIS_SPREAD));
    }

    private DrillFault fault() {
        String region = regions.get(random.nextInt(regions.size()));
        List<String> others =
                regions.stream().filter(other -> !other.equals(region)).toList();
        int kind = random.nextInt(others.isEmpty() ? 3 : 7);
        if (kind < 2) {
            return kind == 0 ? new DrillFault.RegionKill(region) : new DrillFault.RegionPause(region);
        }
        if (kind == 2) {
            return new DrillFault.ClockSkew(region, random.nextLong(20_000) - 10_000);
        }
        String other = others.get(random.nextInt(others.size()));
        return switch (kind) {
            case 3 -> new DrillFault.Cut(List.of(region), List.of(other), false);
            case 4 -> new DrillFault.Cut(List.of(region), List.of(other), true);
            case 5 -> new DrillFault.PauseReplication(region, others);
            default ->
                new DrillFault.Slow(
                        region,
                        other,
                        false,
                        100 + random.nextLong(1_000),
                        random.nextLong(200),
                        random.nextInt(5) / 100.0);
        };
    }
}
