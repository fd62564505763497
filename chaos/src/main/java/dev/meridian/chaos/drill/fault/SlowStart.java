package dev.meridian.chaos.drill.fault;

import dev.meridian.chaos.fault.Breakable;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** A region that starts while this lasts takes so much longer. */
public record SlowStart(String region, long delayMillis) implements DrillFault {

    static final FaultKind KIND = new FaultKind(
            "slow-start",
            List.of("region", "delay"),
            step -> new SlowStart(step.region(), step.millis("delay", 5_000)));

    @Override
    public CompletionStage<Void> begin(Breakable world) {
        return world.slowStart(region, delayMillis);
    }

    @Override
    public CompletionStage<Void> end(Breakable world) {
        return world.slowStart(region, 0);
    }

    @Override
    public String name() {
        return KIND.name();
    }

    @Override
    public String describe() {
        return region + " takes " + delayMillis + " ms longer to start";
    }
}
