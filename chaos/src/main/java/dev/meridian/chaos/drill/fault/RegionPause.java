package dev.meridian.chaos.drill.fault;

import dev.meridian.chaos.fault.Breakable;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** A region freezes. */
public record RegionPause(String region) implements DrillFault {

    static final FaultKind KIND =
            new FaultKind("region-pause", List.of("region"), step -> new RegionPause(step.region()));

    @Override
    public CompletionStage<Void> begin(Breakable world) {
        return world.pause(region);
    }

    @Override
    public CompletionStage<Void> end(Breakable world) {
        return world.heal(region);
    }

    @Override
    public String name() {
        return KIND.name();
    }

    @Override
    public String describe() {
        return region + " paused";
    }
}
