package dev.meridian.chaos.drill.fault;

import dev.meridian.chaos.fault.Breakable;
import dev.meridian.chaos.fault.DoorEffects;
import dev.meridian.chaos.fault.DoorRule;
import dev.meridian.chaos.fault.LinkFault;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** What happened in us-east-1 in October 2025: new connections to a region fail and old ones live, replication lags both ways, and
 * when it is over everything that waited comes at once. */
public record NewConnectionsFail(String region, List<String> others, long lagMillis) implements DrillFault {

    static final FaultKind KIND =
            new FaultKind("new-connections-fail", List.of("region", "lag"), NewConnectionsFail::read);

    private static DrillFault read(StepReader step) {
        String region = step.region();
        return new NewConnectionsFail(region, step.others(region), step.millis("lag", 5_000));
    }

    private DoorRule rule() {
        return DoorEffects.rule("refuse-new", region, "", "", 1, 0);
    }

    private List<LinkName.OneWay> links() {
        return LinkName.between(List.of(region), others, false);
    }

    @Override
    public CompletionStage<Void> begin(Breakable world) {
        return world.addDoorRule(rule())
                .thenCompose(refusing ->
                        LinkName.each(links(), (from, to) -> world.slow(from, to, LinkFault.latency(lagMillis))));
    }

    @Override
    public CompletionStage<Void> end(Breakable world) {
        return world.removeDoorRule(rule()).thenCompose(open -> LinkName.each(links(), world::healLink));
    }

    @Override
    public String name() {
        return KIND.name();
    }

    @Override
    public String describe() {
        return "new connections to " + region + " fail, " + lagMillis + " ms of lag to and from it";
    }
}
