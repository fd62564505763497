package dev.meridian.chaos.drill.fault;

import dev.meridian.chaos.fault.Breakable;
import dev.meridian.chaos.fault.DiskFault;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** A region's disk takes no more; it still can be read. */
public record FullDisk(String region) implements DrillFault {

    static final FaultKind KIND = new FaultKind("disk-full", List.of("region"), step -> new FullDisk(step.region()));

    @Override
    public CompletionStage<Void> begin(Breakable world) {
        return world.bendDisk(region, DiskFault.Part.FULL, 1);
    }

    @Override
    public CompletionStage<Void> end(Breakable world) {
        return world.bendDisk(region, DiskFault.Part.FULL, 0);
    }

    @Override
    public String name() {
        return KIND.name();
    }

    @Override
    public String describe() {
        return region + "'s disk full";
    }
}
