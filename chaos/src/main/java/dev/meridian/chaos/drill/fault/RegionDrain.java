package dev.meridian.chaos.drill.fault;

import dev.meridian.chaos.fault.Breakable;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** A region is evacuated in good order: it serves whoever comes, but its clients are told to leave. */
public record RegionDrain(String region) implements DrillFault {

    static final FaultKind KIND =
            new FaultKind("region-drain", List.of("region"), step -> new RegionDrain(step.region()));

    @Override
    public CompletionStage<Void> begin(Breakable world) {
        return world.setDraining(region, true);
    }

    @Override
    public CompletionStage<Void> end(Breakable world) {
        return world.setDraining(region, false);
    }

    @Override
    public String name() {
        return KIND.name();
    }

    @Override
    public String describe() {
        return region + " drained";
    }

    @Override
    public Optional<String> drained() {
        return Optional.of(region);
    }
}
