package dev.meridian.node.control;

import dev.meridian.node.settings.ServiceSettings;
import dev.meridian.node.settings.ServiceTimes;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which tables are being updated, for as long as the service would take: what was changed holds at once. Not kept over a restart.
 * Thread-safe.
 */
public final class Updates {

    private final Map<String, Long> until = new ConcurrentHashMap<>();
    private final ServiceSettings service;
    private final InstantSource clock;

    public Updates(ServiceSettings service, InstantSource clock) {
        this.service = service;
        this.clock = clock;
    }

    void began(String globalId) {
        long millis = service.controlPlaneMillis(ServiceTimes.TABLE_UPDATE);
        if (millis > 0) {
            until.put(globalId, clock.millis() + millis);
        }
    }

    boolean isUpdating(String globalId) {
        Long end = until.get(globalId);
        if (end != null && clock.millis() >= end) {
            until.remove(globalId, end);
        }
        return until.containsKey(globalId);
    }
}
