package dev.meridian.chaos.route;

import dev.meridian.chaos.world.World;

/** How a region stands by what has been done to it: the truth, which a door learns only by looking. */
public final class WorldStanding {

    private WorldStanding() {}

    public static Standing of(World world, String region) {
        if (world.state(region) != World.State.LIVE) {
            return Standing.DEAD;
        }
        if (world.faults().isDraining(region)) {
            return Standing.DRAINING;
        }
        return isCutOff(world, region) ? Standing.ISOLATED : Standing.LIVE;
    }

    /** Whether every link to and from the others is cut. */
    static boolean isCutOff(World world, String region) {
        return world.regions().size() > 1
                && world.regions().stream()
                        .filter(other -> !other.equals(region))
                        .allMatch(other -> world.faults().link(region, other).cut()
                                && world.faults().link(other, region).cut());
    }
}
