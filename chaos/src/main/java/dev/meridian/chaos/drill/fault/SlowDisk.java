package dev.meridian.chaos.drill.fault;

import dev.meridian.chaos.fault.Breakable;
import dev.meridian.chaos.fault.DiskFault;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** A region's disk takes longer to sync. */
public record SlowDisk(String region, long byMillis) implements DrillFault {

    static final FaultKind KIND = new FaultKind(
            "disk-slow",
            List.of("region", "latency"),
            step -> new SlowDisk(step.region(), step.millis("latency", 100)));

    @Override
    public CompletionStage<Void> begin(Breakable world) {
        return world.bendDisk(region, DiskFault.Part.SLOW, byMillis);
    }

    @Override
    public CompletionStage<Void> end(Breakable world) {
        return world.bendDisk(region, DiskFault.Part.SLOW, 0);
    }

    @Override
    public String name() {
        return KIND.name();
    }

    @Override
    public String describe() {
        return region + "'s disk " + byMillis + " ms slower";
    }
}
