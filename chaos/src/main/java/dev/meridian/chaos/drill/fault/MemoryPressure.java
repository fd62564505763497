package dev.meridian.chaos.drill.fault;

import dev.meridian.chaos.fault.Breakable;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** So much of the memory of a region's process is taken away; regions of one process share it. */
public record MemoryPressure(String region, long bytes) implements DrillFault {

    static final FaultKind KIND = new FaultKind(
            "memory-pressure",
            List.of("region", "take"),
            step -> new MemoryPressure(step.region(), step.bytes("take")));

    @Override
    public CompletionStage<Void> begin(Breakable world) {
        return world.squeeze(region, bytes);
    }

    @Override
    public CompletionStage<Void> end(Breakable world) {
        return world.squeeze(region, 0);
    }

    @Override
    public String name() {
        return KIND.name();
    }

    @Override
    public String describe() {
        return (bytes >> 20) + " MB of " + region + "'s memory taken away";
    }

    @Override
    public Optional<String> onlyReal() {
        return Optional.of(
                "no region decides anything by how much memory is left, and the collector's pauses are a real "
                        + "process's; 'region-pause' freezes a region for as long");
    }
}
