package dev.meridian.chaos.drill.fault;

import dev.meridian.chaos.fault.Breakable;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletionStage;

/** A region's clock runs fast or slow; when it is over the clock is right again, by a step. */
public record ClockDrift(String region, long perMillion) implements DrillFault {

    static final FaultKind KIND = new FaultKind(
            "clock-drift", List.of("region", "rate"), step -> new ClockDrift(step.region(), step.perMillion("rate")));

    @Override
    public CompletionStage<Void> begin(Breakable world) {
        return world.drift(region, perMillion);
    }

    @Override
    public CompletionStage<Void> end(Breakable world) {
        return world.drift(region, 0).thenCompose(steady -> world.skew(region, 0));
    }

    @Override
    public String name() {
        return KIND.name();
    }

    @Override
    public String describe() {
        return String.format(Locale.ROOT, "%s's clock gains %+d ppm", region, perMillion);
    }
}
