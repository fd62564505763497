package dev.meridian.chaos.drill.fault;

import dev.meridian.chaos.fault.Breakable;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Each partition of a region's tables may take no more than so much: whichever is hot is throttled. */
record HotPartition(String region, UnitLimits limits) implements DrillFault {

    static final FaultKind KIND = new FaultKind(
            "hot-partition",
            List.of("region", "reads", "writes"),
            step -> new HotPartition(step.region(), UnitLimits.read(step, "hot-partition")));

    @Override
    public CompletionStage<Void> begin(Breakable world) {
        return world.limitPartitions(region, limits.reads(), limits.writes());
    }

    @Override
    public CompletionStage<Void> end(Breakable world) {
        return world.limitPartitions(region, 0, 0);
    }

    @Override
    public String name() {
        return KIND.name();
    }

    @Override
    public String describe() {
        return region + "'s partitions may take" + limits;
    }
}
