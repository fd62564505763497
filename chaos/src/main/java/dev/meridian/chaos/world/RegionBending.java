package dev.meridian.chaos.world;

import dev.meridian.chaos.fault.FaultBoard;
import dev.meridian.chaos.fault.RegionFault;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** What must be done to regions when what is wrong with them changes. */
final class RegionBending {

    private RegionBending() {}

    /** Puts it on the board; true where the region must be started again, since nobody knows what is on its disk. */
    static boolean bend(FaultBoard board, String region, UnaryOperator<RegionFault> how) {
        RegionFault before = board.region(region);
        RegionFault after = how.apply(before);
        board.setRegion(region, after);
        return before.disk().syncError() && !after.disk().syncError();
    }

    /** The regions that must be started again when everything is healed. */
    static List<String> toReopen(FaultBoard board) {
        return board.faultyRegions().entrySet().stream()
                .filter(region -> region.getValue().disk().syncError())
                .map(Map.Entry::getKey)
                .toList();
    }

    /** How much memory is to be taken away from all regions together. */
    static long memoryBytes(FaultBoard board) {
        return board.faultyRegions().values().stream()
                .mapToLong(RegionFault::memoryBytes)
                .sum();
    }
}
