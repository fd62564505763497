package dev.meridian.node.control;

import dev.meridian.node.settings.ServiceSettings;
import dev.meridian.node.settings.ServiceTimes;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * Which tables are being updated, for as long as the service would take: what was changed holds at once. Not kept over a restart.
 * Thread-safe.
 */
public final class Updates {

    private final Map<String, Long> until = new ConcurrentHashMap<>();
    private final ServiceSettings service;
    private final LongSupplier ticks;

    /** {@code ticks} are milliseconds of a clock that does not jump. */
    public Updates(ServiceSettings service, LongSupplier ticks) {
        this.service = service;
        this.ticks = ticks;
    }

    void began(String globalId) {
        long millis = service.controlPlaneMillis(ServiceTimes.TABLE_UPDATE);
        if (millis > 0) {
            until.put(globalId, ticks.getAsLong() + millis);
        }
    }

    boolean isUpdating(String globalId) {
        Long end = until.get(globalId);
        if (end != null && ticks.getAsLong() >= end) {
            until.remove(globalId, end);
        }
        return until.containsKey(globalId);
    }
}
