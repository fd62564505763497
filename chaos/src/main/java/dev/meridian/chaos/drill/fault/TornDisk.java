package dev.meridian.chaos.drill.fault;

import dev.meridian.chaos.fault.Breakable;
import dev.meridian.chaos.fault.DiskFault;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** When the region dies while this lasts, half of a write stays at the end of its log. */
public record TornDisk(String region) implements DrillFault {

    static final FaultKind KIND = new FaultKind("torn-write", List.of("region"), step -> new TornDisk(step.region()));

    @Override
    public CompletionStage<Void> begin(Breakable world) {
        return world.bendDisk(region, DiskFault.Part.TORN_WRITE, 1);
    }

    @Override
    public CompletionStage<Void> end(Breakable world) {
        return world.bendDisk(region, DiskFault.Part.TORN_WRITE, 0);
    }

    @Override
    public String name() {
        return KIND.name();
    }

    @Override
    public String describe() {
        return region + "'s disk tears the write under way when the region dies";
    }
}
