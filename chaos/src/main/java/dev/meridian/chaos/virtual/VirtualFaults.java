package dev.meridian.chaos.virtual;

import dev.meridian.chaos.drill.Drill;
import dev.meridian.chaos.drill.DrillFault;
import dev.meridian.chaos.drill.DrillFileException;
import dev.meridian.chaos.fault.FaultBoard;
import dev.meridian.chaos.fault.LinkFault;
import java.util.List;

/** A drill's faults, brought about in a virtual world. */
final class VirtualFaults {

    private final VirtualWorld world;

    VirtualFaults(VirtualWorld world) {
        this.world = world;
    }

    /** Refuses a drill with a fault that there is no virtual form of; throws {@link DrillFileException} with its line. */
    static void check(Drill drill) {
        for (Drill.Step step : drill.steps()) {
            DrillFault fault = step.fault();
            boolean isKnown = fault instanceof DrillFault.RegionKill
                    || fault instanceof DrillFault.RegionPause
                    || fault instanceof DrillFault.ClockSkew
                    || fault instanceof DrillFault.Cut
                    || fault instanceof DrillFault.Slow;
            if (!isKnown) {
                throw new DrillFileException(
                        step.line(),
                        "the fault '" + fault.name() + "' has no form in virtual time; run the drill in real time with "
                                + "'meridian drill run'");
            }
        }
    }

    void begin(DrillFault fault) {
        if (fault instanceof DrillFault.RegionKill kill) {
            world.kill(kill.region());
        } else if (fault instanceof DrillFault.RegionPause pause) {
            world.region(pause.region()).pause();
        } else if (fault instanceof DrillFault.ClockSkew skew) {
            world.skew(skew.region(), skew.offsetMillis());
        } else if (fault instanceof DrillFault.Cut cut) {
            each(cut)
                    .forEach(link -> world.board()
                            .setLink(
                                    link.from(),
                                    link.to(),
                                    world.board().link(link.from(), link.to()).withCut(true)));
        } else if (fault instanceof DrillFault.Slow slow) {
            each(slow.from(), slow.to(), slow.oneWay()).forEach(link -> {
                LinkFault now = world.board().link(link.from(), link.to());
                world.board()
                        .setLink(
                                link.from(),
                                link.to(),
                                new LinkFault(
                                        now.cut(),
                                        slow.latencyMillis(),
                                        slow.jitterMillis(),
                                        slow.lossRatio(),
                                        now.bytesPerSecond()));
            });
        } else {
            throw new IllegalArgumentException(fault.name() + " has no form in virtual time");
        }
    }

    void end(DrillFault fault) {
        if (fault instanceof DrillFault.RegionKill kill) {
            world.heal(kill.region());
        } else if (fault instanceof DrillFault.RegionPause pause) {
            world.heal(pause.region());
        } else if (fault instanceof DrillFault.ClockSkew skew) {
            world.skew(skew.region(), 0);
        } else if (fault instanceof DrillFault.Cut cut) {
            each(cut).forEach(link -> world.board().healLink(link.from(), link.to()));
        } else if (fault instanceof DrillFault.Slow slow) {
            each(slow.from(), slow.to(), slow.oneWay())
                    .forEach(link -> world.board().healLink(link.from(), link.to()));
        }
    }

    private static List<FaultBoard.Direction> each(DrillFault.Cut cut) {
        return cut.from().stream()
                .flatMap(from -> cut.to().stream().flatMap(to -> each(from, to, cut.oneWay()).stream()))
                .toList();
    }

    private static List<FaultBoard.Direction> each(String from, String to, boolean oneWay) {
        FaultBoard.Direction there = new FaultBoard.Direction(from, to);
        return oneWay ? List.of(there) : List.of(there, new FaultBoard.Direction(to, from));
    }
}
