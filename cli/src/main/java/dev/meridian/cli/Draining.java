package dev.meridian.cli;

import java.util.Map;

/** Waits until a region's writes have reached the others. */
final class Draining {

    private static final long PATIENCE_NANOS = 60_000_000_000L;

    private Draining() {}

    /** How many records are still to be sent when there are none left, or after a minute. */
    static long await(Client client, String region) {
        long deadline = SystemRuntime.nanos() + PATIENCE_NANOS;
        long pending = pending(client.get("world"), region);
        while (pending > 0 && SystemRuntime.nanos() < deadline) {
            SystemRuntime.pause();
            pending = pending(client.get("world"), region);
        }
        return pending;
    }

    private static long pending(Map<String, Object> world, String region) {
        long pending = 0;
        for (Object entry : Json.list(world.get("regions"))) {
            Map<String, Object> one = Json.object(entry);
            if (region.equals(one.get("region"))) {
                for (Object count : Json.object(Json.object(one.get("report")).get("pendingTo"))
                        .values()) {
                    pending += Json.number(count);
                }
            }
        }
        return pending;
    }
}
