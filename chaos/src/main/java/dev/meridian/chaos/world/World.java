package dev.meridian.chaos.world;

import dev.meridian.chaos.fault.DiskFault;
import dev.meridian.chaos.fault.DoorRule;
import dev.meridian.chaos.fault.FaultBoard;
import dev.meridian.chaos.fault.LinkFault;
import dev.meridian.node.http.FrontDoor;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Several regions, running, and everything that can be done to them. Thread-safe. Unknown regions are refused. */
public interface World {

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

    /** What is wrong with links and clocks. */
    FaultBoard faults();

    /** From now on the link is like this. */
    CompletionStage<Void> setLink(String from, String to, LinkFault fault);

    /** The link is as it was at the start. */
    CompletionStage<Void> healLink(String from, String to);

    /** From now on the region's clock is off by so much. */
    CompletionStage<Void> skew(String region, long offsetMillis);

    /** From now on the region's disk is like this. */
    CompletionStage<Void> setDisk(String region, DiskFault fault);

    /** From now on the doors follow these rules. */
    CompletionStage<Void> setDoorRules(List<DoorRule> rules);

    /** From now on the region gets nothing new from a front door that may choose, or does again; it serves whoever comes. */
    default CompletionStage<Void> setDraining(String region, boolean drains) {
        state(region);
        faults().setDraining(region, drains);
        return CompletableFuture.completedFuture(null);
    }

    /** The region dies at once, with nothing flushed and nobody answered. */
    CompletionStage<Void> kill(String region);

    /** The region freezes: it takes connections and answers nothing, until healed. */
    CompletionStage<Void> pause(String region);

    /** A killed region starts again from its own disk, a paused one goes on; a live one is left alone. */
    CompletionStage<Void> heal(String region);

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
