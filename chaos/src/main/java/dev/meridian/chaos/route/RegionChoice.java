package dev.meridian.chaos.route;

import dev.meridian.chaos.fault.LatencyPreset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/**
 * Picks a region. Of those that stand best the most wanted one: a live one before an isolated one, and neither a draining
 * nor a dead one while there is another. Where none is left it is the most wanted of all, as name servers do it: an answer that
 * may fail is better than none.
 */
public final class RegionChoice {

    private RegionChoice() {}

    /**
     * The region for a client.
     *
     * @param regions those that run, the home region first
     * @param clientRegion where the client is; may be empty or the name of a region that does not run
     */
    public static String of(
            RouteSettings settings, List<String> regions, String clientRegion, Function<String, Standing> standings) {
        List<String> wanted = wanted(settings, regions, clientRegion);
        for (Standing good : List.of(Standing.LIVE, Standing.ISOLATED)) {
            for (String region : wanted) {
                if (standings.apply(region) == good) {
                    return region;
                }
            }
        }
        return wanted.get(0);
    }

    private static List<String> wanted(RouteSettings settings, List<String> regions, String clientRegion) {
        String first = settings.policy() == RoutePolicy.NEAREST ? clientRegion : settings.primary();
        List<String> wanted = new ArrayList<>(regions);
        if (settings.policy() == RoutePolicy.NEAREST && !first.isEmpty()) {
            wanted.sort(Comparator.comparingLong(region -> LatencyPreset.betweenAwsRegionsMillis(first, region)));
        } else if (wanted.remove(first)) {
            wanted.add(0, first);
        }
        return wanted;
    }
}
