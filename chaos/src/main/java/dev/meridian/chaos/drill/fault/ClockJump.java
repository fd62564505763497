package dev.meridian.chaos.drill.fault;

import dev.meridian.chaos.fault.Breakable;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletionStage;

/** A region's clock jumps, forward or back, from wherever it is; when it is over it is right again. */
public record ClockJump(String region, long byMillis) implements DrillFault {

    static final FaultKind KIND = new FaultKind(
            "clock-jump", List.of("region", "by"), step -> new ClockJump(step.region(), step.millis("by", 0)));

    @Override
    public CompletionStage<Void> begin(Breakable world) {
        return world.jump(region, byMillis);
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
        return String.format(Locale.ROOT, "%s's clock jumps %+d ms", region, byMillis);
    }
}
