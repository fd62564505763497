package dev.meridian.chaos.drill.fault;

import dev.meridian.chaos.fault.Breakable;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Replication to and from a region stands still, as AWS FIS does it: the region takes writes, and so do the others. */
public record PauseReplication(String region, List<String> others) implements DrillFault {

    static final FaultKind KIND = new FaultKind("pause-replication", List.of("region"), PauseReplication::read);
    static final FaultKind AS_FIS_NAMES_IT =
            new FaultKind("aws:dynamodb:global-table-pause-replication", List.of("region"), PauseReplication::read);

    private static DrillFault read(StepReader step) {
        String region = step.region();
        return new PauseReplication(region, step.others(region));
    }

    @Override
    public CompletionStage<Void> begin(Breakable world) {
        return LinkName.each(LinkName.between(List.of(region), others, false), world::cut);
    }

    @Override
    public CompletionStage<Void> end(Breakable world) {
        return LinkName.each(LinkName.between(List.of(region), others, false), world::healLink);
    }

    @Override
    public String name() {
        return KIND.name();
    }

    @Override
    public String describe() {
        return "replication to and from " + region + " paused";
    }
}
