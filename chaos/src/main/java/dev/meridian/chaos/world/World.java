package dev.meridian.chaos.world;

import dev.meridian.chaos.fault.BoardedWorld;
import dev.meridian.node.http.FrontDoor;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Several regions, running, and everything that can be done to them. Thread-safe. Unknown regions are refused. */
public interface World extends BoardedWorld {

    /** Where a region stands. */
    enum State {
        LIVE,
        PAUSED,
        KILLED
    }

    /** The regions in the order they were given; the first is home. */
    List<String> regions();

    State state(String region);

    /** The port of a region's door, also while it is killed. */
    int port(String region);

    @Override
    default CompletionStage<Void> setDraining(String region, boolean drains) {
        state(region);
        faults().setDraining(region, drains);
        return CompletableFuture.completedFuture(null);
    }

    /** Undoes every fault of every region, link, clock, disk and door. */
    CompletionStage<Void> healAll();

    /** Where the front door sends a region's requests at the moment. */
    FrontDoor.RegionTarget target(String region);

    /** Ends every region in good order. */
    CompletionStage<Void> stop();

    /** Every region's state. */
    default Map<String, State> states() {
        Map<String, State> states = new java.util.LinkedHashMap<>();
        regions().forEach(region -> states.put(region, state(region)));
        return states;
    }
}
