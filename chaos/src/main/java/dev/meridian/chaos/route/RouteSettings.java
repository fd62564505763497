package dev.meridian.chaos.route;

import dev.meridian.chaos.api.Fields;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How a front door chooses.
 *
 * @param primary the region of {@link RoutePolicy#PRIMARY}; empty: the home region
 * @param checkMillis how often each region is looked at
 * @param timeoutMillis how long it may take to answer
 * @param failures after how many looks in a row that find it gone it is taken out
 * @param passes after how many looks in a row that find it well it is taken back
 * @param ttlMillis for how long a client goes on with the answer it got, as with a name's record; 0: it hears at once
 */
public record RouteSettings(
        RoutePolicy policy,
        String primary,
        long checkMillis,
        long timeoutMillis,
        int failures,
        int passes,
        long ttlMillis) {

    private static final Set<String> NAMES =
            Set.of("policy", "primary", "checkMillis", "timeoutMillis", "failures", "passes", "ttlMillis");
    private static final long MILLIS_MAX = 3_600_000;
    private static final long CHECK_MILLIS_MIN = 10;

    /** The client chooses; and where it does not, a region is gone after three looks, a second apart. */
    public static final RouteSettings DEFAULT = new RouteSettings(RoutePolicy.BY_SIGNATURE, "", 1_000, 1_000, 3, 3, 0);

    /**
     * These, but for what the fields say; throws IllegalArgumentException for the user.
     *
     * @param regions the regions that run
     */
    public RouteSettings with(Map<String, String> fields, List<String> regions) {
        for (String name : fields.keySet()) {
            if (!NAMES.contains(name)) {
                throw new IllegalArgumentException(
                        "'" + name + "' is not known of a front door; it takes " + String.join(", ", sorted()));
            }
        }
        String region = fields.getOrDefault("primary", primary);
        if (!region.isEmpty() && !regions.contains(region)) {
            throw new IllegalArgumentException(
                    "region " + region + " is not running here (running: " + String.join(", ", regions) + ")");
        }
        return new RouteSettings(
                fields.containsKey("policy") ? RoutePolicy.parse(fields.get("policy")) : policy,
                region,
                number(fields, "checkMillis", checkMillis, CHECK_MILLIS_MIN),
                number(fields, "timeoutMillis", timeoutMillis, CHECK_MILLIS_MIN),
                (int) number(fields, "failures", failures, 1),
                (int) number(fields, "passes", passes, 1),
                number(fields, "ttlMillis", ttlMillis, 0));
    }

    private static List<String> sorted() {
        return NAMES.stream().sorted().toList();
    }

    private static long number(Map<String, String> fields, String name, long otherwise, long min) {
        long value = new Fields(fields).number(name, otherwise);
        if (value < min || value > MILLIS_MAX) {
            throw new IllegalArgumentException(name + " is from " + min + " to " + MILLIS_MAX + ", not " + value);
        }
        return value;
    }
}
