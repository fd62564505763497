package dev.meridian.chaos.drill.fault;

import dev.meridian.chaos.fault.Breakable;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletionStage;

/** Each partition of a region's tables may take no more than so much: whichever is hot is throttled. */
public record HotPartition(String region, double readUnits, double writeUnits) implements DrillFault {

    static final FaultKind KIND =
            new FaultKind("hot-partition", List.of("region", "reads", "writes"), HotPartition::read);

    private static DrillFault read(StepReader step) {
        if (!step.has("reads") && !step.has("writes")) {
            throw step.wrong("fault", "hot-partition needs 'reads' or 'writes', in units a second");
        }
        return new HotPartition(step.region(), step.units("reads"), step.units("writes"));
    }

    @Override
    public CompletionStage<Void> begin(Breakable world) {
        return world.limitPartitions(region, readUnits, writeUnits);
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
        return String.format(
                Locale.ROOT,
                "%s's partitions may take%s%s",
                region,
                readUnits > 0 ? String.format(Locale.ROOT, " %.0f read units", readUnits) : "",
                writeUnits > 0 ? String.format(Locale.ROOT, " %.0f write units", writeUnits) : "");
    }

    @Override
    public boolean isVirtual() {
        return false;
    }
}
