package dev.meridian.chaos.drill.fault;

import dev.meridian.chaos.fault.Breakable;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** A region dies. */
public record RegionKill(String region) implements DrillFault {

    static final FaultKind KIND =
            new FaultKind("region-kill", List.of("region"), step -> new RegionKill(step.region()));

    @Override
    public CompletionStage<Void> begin(Breakable world) {
        return world.kill(region);
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
        return region + " killed";
    }

    @Override
    public Optional<String> killed() {
        return Optional.of(region);
    }
}
