package dev.meridian.chaos.drill.fault;

import dev.meridian.chaos.fault.Breakable;
import dev.meridian.chaos.fault.DiskFault;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** A region's disk fails to sync: what is on it nobody knows, and undoing it starts the region again. */
public record FailingDisk(String region) implements DrillFault {

    static final FaultKind KIND =
            new FaultKind("disk-sync-error", List.of("region"), step -> new FailingDisk(step.region()));

    @Override
    public CompletionStage<Void> begin(Breakable world) {
        return world.bendDisk(region, DiskFault.Part.SYNC_ERROR, 1);
    }

    @Override
    public CompletionStage<Void> end(Breakable world) {
        return world.bendDisk(region, DiskFault.Part.SYNC_ERROR, 0);
    }

    @Override
    public String name() {
        return KIND.name();
    }

    @Override
    public String describe() {
        return region + "'s disk fails to sync";
    }
}
