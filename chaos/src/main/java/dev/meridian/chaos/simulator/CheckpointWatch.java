package dev.meridian.chaos.simulator;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Looks at regions' checkpoints again and again: none may ever go back. */
final class CheckpointWatch {

    private final Map<String, List<Long>> seen = new HashMap<>();

    /** The region's replica is removed. */
    void forget(SimulatedRegion region) {
        seen.keySet().removeIf(pair -> pair.startsWith(region.name() + "<"));
    }

    /** Looks at how far a peer's writes are durable in a region; throws {@link AssertionError} where that is less than it was. */
    void look(SimulatedRegion region, String peer) {
        List<Long> now = region.checkpointsOf(peer);
        List<Long> before = seen.put(region.name() + "<" + peer, now);
        for (int partition = 0; before != null && partition < now.size(); partition++) {
            if (before.get(partition) > now.get(partition)) {
                throw new AssertionError("a checkpoint of " + region.name() + " for " + peer + " went back from "
                        + before.get(partition) + " to " + now.get(partition));
            }
        }
    }
}
