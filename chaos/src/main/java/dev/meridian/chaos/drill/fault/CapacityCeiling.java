package dev.meridian.chaos.drill.fault;

import dev.meridian.chaos.fault.Breakable;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletionStage;

/** The tables of a region may take no more than so much. */
public record CapacityCeiling(String region, double readUnits, double writeUnits) implements DrillFault {

    static final FaultKind KIND =
            new FaultKind("capacity-ceiling", List.of("region", "reads", "writes"), CapacityCeiling::read);

    private static DrillFault read(StepReader step) {
        if (!step.has("reads") && !step.has("writes")) {
            throw step.wrong("fault", "capacity-ceiling needs 'reads' or 'writes', in units a second");
        }
        return new CapacityCeiling(step.region(), step.units("reads"), step.units("writes"));
    }

    @Override
    public CompletionStage<Void> begin(Breakable world) {
        return world.limitTables(region, readUnits, writeUnits);
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
        return String.format(
                Locale.ROOT,
                "%s's tables may take%s%s",
                region,
                readUnits > 0 ? String.format(Locale.ROOT, " %.0f read units", readUnits) : "",
                writeUnits > 0 ? String.format(Locale.ROOT, " %.0f write units", writeUnits) : "");
    }

    @Override
    public boolean isVirtual() {
        return false;
    }
}
