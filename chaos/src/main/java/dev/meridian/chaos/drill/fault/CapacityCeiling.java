package dev.meridian.chaos.drill.fault;

import dev.meridian.chaos.fault.Breakable;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** The tables of a region may take no more than so much. */
record CapacityCeiling(String region, UnitLimits limits) implements DrillFault {

    static final FaultKind KIND = new FaultKind(
            "capacity-ceiling",
            List.of("region", "reads", "writes"),
            step -> new CapacityCeiling(step.region(), UnitLimits.read(step, "capacity-ceiling")));

    @Override
    public CompletionStage<Void> begin(Breakable world) {
        return world.limitTables(region, limits.reads(), limits.writes());
    }

    @Override
    public CompletionStage<Void> end(Breakable world) {
        return world.limitTables(region, 0, 0);
    }

    @Override
    public String name() {
        return KIND.name();
    }

    @Override
    public String describe() {
        return region + "'s tables may take" + limits;
    }
}
