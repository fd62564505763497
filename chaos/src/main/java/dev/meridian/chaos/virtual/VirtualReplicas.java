package dev.meridian.chaos.virtual;

import dev.meridian.chaos.simulator.SimulatedRegion;
import dev.meridian.replication.log.StampedImage;
import dev.meridian.table.key.ItemKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** How far the regions' replicas have come, seen all at once, as only a simulation can. */
final class VirtualReplicas {

    private final Collection<SimulatedRegion> regions;
    private final int partitionCount;

    /** {@code regions} may still grow. */
    VirtualReplicas(Collection<SimulatedRegion> regions, int partitionCount) {
        this.regions = regions;
        this.partitionCount = partitionCount;
    }

    /** Regions that live let go of the records that every other region holds. */
    void forget() {
        for (SimulatedRegion origin : regions) {
            List<Long> everywhere = heldEverywhere(origin);
            regions.stream()
                    .filter(SimulatedRegion::isAlive)
                    .forEach(region -> region.take(() -> region.forget(origin.name(), everywhere)));
        }
    }

    /** Up to which of its writes, by partition, every other region holds them. */
    private List<Long> heldEverywhere(SimulatedRegion origin) {
        Long[] least = new Long[partitionCount];
        Arrays.fill(least, Long.MAX_VALUE);
        for (SimulatedRegion region : regions) {
            if (region != origin) {
                List<Long> held = region.checkpointsOf(origin.name());
                for (int partition = 0; partition < partitionCount; partition++) {
                    least[partition] = Math.min(least[partition], held.get(partition));
                }
            }
        }
        return List.of(least);
    }

    /** How many records are missing between the two regions where it is most. */
    long backlog() {
        long backlog = 0;
        for (SimulatedRegion origin : regions) {
            List<Long> last = origin.lastSequences();
            for (SimulatedRegion region : regions) {
                if (region != origin) {
                    backlog = Math.max(backlog, missing(last, region.checkpointsOf(origin.name())));
                }
            }
        }
        return backlog;
    }

    private static long missing(List<Long> last, List<Long> held) {
        long missing = 0;
        for (int partition = 0; partition < last.size(); partition++) {
            missing += Math.max(0, last.get(partition) - held.get(partition));
        }
        return missing;
    }

    /** Whether all regions live and hold the same. */
    boolean areEqual() {
        for (SimulatedRegion region : regions) {
            if (!region.isAlive() || region.unsynced() > 0 || !hasCaughtUp(region)) {
                return false;
            }
        }
        List<Map<ItemKey, StampedImage>> contents = new ArrayList<>();
        regions.forEach(region -> contents.add(region.rows()));
        return contents.stream().allMatch(rows -> isSame(contents.get(0), rows));
    }

    private boolean hasCaughtUp(SimulatedRegion region) {
        return regions.stream()
                .filter(origin -> origin != region)
                .allMatch(origin -> region.checkpointsOf(origin.name()).equals(origin.lastSequences()));
    }

    private static boolean isSame(Map<ItemKey, StampedImage> one, Map<ItemKey, StampedImage> other) {
        if (one.size() != other.size()) {
            return false;
        }
        for (Map.Entry<ItemKey, StampedImage> row : one.entrySet()) {
            StampedImage there = other.get(row.getKey());
            if (there == null
                    || !there.stamp().version().equals(row.getValue().stamp().version())
                    || !Arrays.equals(there.image(), row.getValue().image())) {
                return false;
            }
        }
        return true;
    }
}
