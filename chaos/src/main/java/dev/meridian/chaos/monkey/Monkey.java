package dev.meridian.chaos.monkey;

import dev.meridian.chaos.drill.fault.ClockDrift;
import dev.meridian.chaos.drill.fault.ClockSkew;
import dev.meridian.chaos.drill.fault.Cut;
import dev.meridian.chaos.drill.fault.DrillFault;
import dev.meridian.chaos.drill.fault.FlappingLink;
import dev.meridian.chaos.drill.fault.FullDisk;
import dev.meridian.chaos.drill.fault.LinkName;
import dev.meridian.chaos.drill.fault.NewConnectionsFail;
import dev.meridian.chaos.drill.fault.PauseReplication;
import dev.meridian.chaos.drill.fault.RegionDrain;
import dev.meridian.chaos.drill.fault.RegionKill;
import dev.meridian.chaos.drill.fault.RegionPause;
import dev.meridian.chaos.drill.fault.SlowDisk;
import dev.meridian.chaos.drill.fault.SlowLink;
import dev.meridian.chaos.fault.LinkFault;
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
        int kind = random.nextInt(others.isEmpty() ? 7 : 13);
        return kind < 7 ? ofARegion(kind, region) : ofALink(kind, region, others);
    }

    private DrillFault ofARegion(int kind, String region) {
        return switch (kind) {
            case 0 -> new RegionKill(region);
            case 1 -> new RegionPause(region);
            case 2 -> new ClockSkew(region, random.nextLong(20_000) - 10_000);
            case 3 -> new ClockDrift(region, random.nextLong(400_000) - 200_000);
            case 4 -> new SlowDisk(region, 20 + random.nextLong(300));
            case 5 -> new FullDisk(region);
            default -> new RegionDrain(region);
        };
    }

    private DrillFault ofALink(int kind, String region, List<String> others) {
        String other = others.get(random.nextInt(others.size()));
        LinkName both = new LinkName(region, other, false);
        return switch (kind) {
            case 7 -> new Cut(List.of(region), List.of(other), false);
            case 8 -> new Cut(List.of(region), List.of(other), true);
            case 9 -> new PauseReplication(region, others);
            case 10 -> new FlappingLink(both, 300 + random.nextLong(1_000));
            case 11 -> new NewConnectionsFail(region, others, 500 + random.nextLong(3_000));
            default ->
                new SlowLink(
                        both,
                        new LinkFault(
                                false,
                                100 + random.nextLong(1_000),
                                random.nextLong(200),
                                random.nextInt(5) / 100.0,
                                0,
                                random.nextInt(3) / 100.0,
                                random.nextInt(3) / 100.0,
                                0));
        };
    }
}
