package dev.meridian.chaos.virtual;

import dev.meridian.chaos.drill.Drill;
import dev.meridian.chaos.drill.DrillFault;
import dev.meridian.chaos.drill.DrillFileException;
import dev.meridian.chaos.fault.DiskFault;
import dev.meridian.chaos.fault.FaultBoard;
import dev.meridian.chaos.fault.LinkFault;
import java.util.List;
import java.util.function.UnaryOperator;

/** A drill's faults, brought about in a virtual world. */
final class VirtualFaults {

    private static final List<Class<? extends DrillFault>> KNOWN = List.of(
            DrillFault.RegionKill.class,
            DrillFault.RegionPause.class,
            DrillFault.ClockSkew.class,
            DrillFault.Cut.class,
            DrillFault.PauseReplication.class,
            DrillFault.Slow.class,
            DrillFault.Flap.class);

    private final VirtualWorld world;

    VirtualFaults(VirtualWorld world) {
        this.world = world;
    }

    /** Refuses a drill with a fault that there is no virtual form of; throws {@link DrillFileException} with its line. */
    static void check(Drill drill) {
        if (drill.load().workload() == Drill.Workload.BANK) {
            throw new DrillFileException(
                    drill.load().line(),
                    "the workload 'bank' has no form in virtual time; run the drill in real time with 'meridian drill run'");
        }
        for (Drill.Step step : drill.steps()) {
            boolean isSlowDisk = step.fault() instanceof DrillFault.Disk disk
                    && disk.fault().equals(new DiskFault(disk.fault().slowMillis(), false, false));
            if (!isSlowDisk && !KNOWN.contains(step.fault().getClass())) {
                throw new DrillFileException(
                        step.line(),
                        "the fault '" + step.fault().name() + "' has no form in virtual time; run the drill in real "
                                + "time with 'meridian drill run'");
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
            bend(cut.links(), link -> link.withCut(true));
        } else if (fault instanceof DrillFault.PauseReplication pause) {
            begin(pause.cut());
        } else if (fault instanceof DrillFault.Slow slow) {
            bend(slow.links(), slow::on);
        } else if (fault instanceof DrillFault.Flap flap) {
            bend(flap.links(), link -> link.withFlap(flap.everyMillis()));
        } else if (fault instanceof DrillFault.Disk disk) {
            world.board().setDisk(disk.region(), disk.fault());
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
            mend(cut.links());
        } else if (fault instanceof DrillFault.PauseReplication pause) {
            end(pause.cut());
        } else if (fault instanceof DrillFault.Slow slow) {
            mend(slow.links());
        } else if (fault instanceof DrillFault.Flap flap) {
            mend(flap.links());
        } else if (fault instanceof DrillFault.Disk disk) {
            world.board().setDisk(disk.region(), DiskFault.NONE);
        }
    }

    private void bend(List<DrillFault.OneWay> links, UnaryOperator<LinkFault> how) {
        FaultBoard board = world.board();
        links.forEach(link -> board.setLink(link.from(), link.to(), how.apply(board.link(link.from(), link.to()))));
    }

    private void mend(List<DrillFault.OneWay> links) {
        links.forEach(link -> world.board().healLink(link.from(), link.to()));
    }
}
