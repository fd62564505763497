package dev.meridian.chaos.drill.fault;

import dev.meridian.chaos.yaml.DrillFileException;
import dev.meridian.chaos.yaml.Nearest;
import dev.meridian.chaos.yaml.YamlObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Every fault there is, by its name. */
public final class FaultKinds {

    private static final Map<String, FaultKind> KINDS = new LinkedHashMap<>();

    static {
        List.of(
                        RegionKill.KIND,
                        RegionPause.KIND,
                        RegionDrain.KIND,
                        SlowStart.KIND,
                        MemoryPressure.KIND,
                        ClockSkew.KIND,
                        ClockDrift.KIND,
                        ClockJump.KIND,
                        Cut.OF_A_LINK,
                        Cut.OF_GROUPS,
                        SlowLink.KIND,
                        FlappingLink.KIND,
                        PauseReplication.KIND,
                        PauseReplication.AS_FIS_NAMES_IT,
                        SlowDisk.KIND,
                        FullDisk.KIND,
                        FailingDisk.KIND,
                        TornDisk.KIND,
                        BrokenDoor.KIND,
                        NewConnectionsFail.KIND,
                        CapacityCeiling.KIND,
                        HotPartition.KIND)
                .forEach(kind -> KINDS.put(kind.name(), kind));
    }

    private FaultKinds() {}

    /** Every fault, and the keys that are its own. */
    public static Map<String, List<String>> keys() {
        Map<String, List<String>> keys = new LinkedHashMap<>();
        KINDS.forEach((fault, kind) -> keys.put(fault, kind.keys()));
        return keys;
    }

    /**
     * The fault of a step; throws {@link DrillFileException}.
     *
     * @param common the keys that a step may have whatever its fault
     * @param regions of the drill
     */
    public static DrillFault read(YamlObject step, List<String> common, List<String> regions) {
        String fault = step.text("fault");
        FaultKind kind = KINDS.get(fault);
        if (kind == null) {
            throw new DrillFileException(
                    step.line("fault"),
                    "there is no fault '" + fault + "'; did you mean '" + Nearest.to(fault, KINDS.keySet()) + "'?");
        }
        List<String> keys = new ArrayList<>(common);
        keys.addAll(kind.keys());
        return kind.reader().read(new StepReader(step.only(keys), regions));
    }
}
