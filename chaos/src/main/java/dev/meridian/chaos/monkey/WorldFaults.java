package dev.meridian.chaos.monkey;

import dev.meridian.chaos.drill.DrillFault;
import dev.meridian.chaos.fault.LinkFault;
import dev.meridian.chaos.world.World;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Brings a drill's faults about in a running world, without the detour over its control API. */
final class WorldFaults {

    private final World world;

    WorldFaults(World world) {
        this.world = world;
    }

    CompletionStage<Void> begin(DrillFault fault) {
        if (fault instanceof DrillFault.RegionKill kill) {
            return world.kill(kill.region());
        }
        if (fault instanceof DrillFault.RegionPause pause) {
            return world.pause(pause.region());
        }
        if (fault instanceof DrillFault.ClockSkew skew) {
            return world.skew(skew.region(), skew.offsetMillis());
        }
        if (fault instanceof DrillFault.PauseReplication pause) {
            return begin(pause.cut());
        }
        List<CompletionStage<Void>> changes = new ArrayList<>();
        if (fault instanceof DrillFault.Cut cut) {
            for (DrillFault.OneWay link : cut.links()) {
                LinkFault now = world.faults().link(link.from(), link.to());
                changes.add(world.setLink(link.from(), link.to(), now.withCut(true)));
            }
        } else if (fault instanceof DrillFault.Slow slow) {
            for (DrillFault.OneWay link : slow.links()) {
                changes.add(world.setLink(
                        link.from(), link.to(), slow.on(world.faults().link(link.from(), link.to()))));
            }
        } else {
            return CompletableFuture.failedFuture(new IllegalArgumentException(fault.name() + " is not for monkeys"));
        }
        return all(changes);
    }

    CompletionStage<Void> end(DrillFault fault) {
        if (fault instanceof DrillFault.RegionKill kill) {
            return world.heal(kill.region());
        }
        if (fault instanceof DrillFault.RegionPause pause) {
            return world.heal(pause.region());
        }
        if (fault instanceof DrillFault.ClockSkew skew) {
            return world.skew(skew.region(), 0);
        }
        if (fault instanceof DrillFault.PauseReplication pause) {
            return end(pause.cut());
        }
        List<DrillFault.OneWay> links = fault instanceof DrillFault.Cut cut
                ? cut.links()
                : fault instanceof DrillFault.Slow slow ? slow.links() : List.of();
        return all(links.stream()
                .map(link -> world.healLink(link.from(), link.to()))
                .toList());
    }

    private static CompletionStage<Void> all(List<CompletionStage<Void>> changes) {
        return CompletableFuture.allOf(
                changes.stream().map(CompletionStage::toCompletableFuture).toArray(CompletableFuture[]::new));
    }
}
