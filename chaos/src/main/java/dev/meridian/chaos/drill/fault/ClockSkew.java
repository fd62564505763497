package dev.meridian.chaos.drill.fault;

import dev.meridian.chaos.fault.Breakable;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletionStage;

/** A region's clock is off. */
public record ClockSkew(String region, long offsetMillis) implements DrillFault {

    static final FaultKind KIND = new FaultKind(
            "clock-skew", List.of("region", "offset"), step -> new ClockSkew(step.region(), step.millis("offset", 0)));

    @Override
    public CompletionStage<Void> begin(Breakable world) {
        return world.skew(region, offsetMillis);
    }

    @Override
    public CompletionStage<Void> end(Breakable world) {
        return world.skew(region, 0);
    }

    @Override
    public String name() {
        return KIND.name();
    }

    @Override
    public String describe() {
        return String.format(Locale.ROOT, "%s's clock %+d ms", region, offsetMillis);
    }
}
