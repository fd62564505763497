package dev.meridian.conflict;

import java.util.Map;
import java.util.TreeMap;

/**
 * What a write knew: for each region, the timestamp of that region's last write to the item which the writer had seen.
 * Immutable.
 */
public record VersionVector(Map<String, Long> timestamps) {

    public static final VersionVector EMPTY = new VersionVector(Map.of());

    public VersionVector {
        timestamps = java.util.Collections.unmodifiableMap(new TreeMap<>(timestamps));
    }

    /** The vector of a first write that knew of nothing but itself. */
    public static VersionVector of(Version version) {
        return new VersionVector(Map.of(version.region(), version.timestamp()));
    }

    /** Whether the write of that version was known. */
    public boolean covers(Version version) {
        return timestamps.getOrDefault(version.region(), 0L) >= version.timestamp();
    }

    /** This vector, knowing that version too. */
    public VersionVector with(Version version) {
        return covers(version) ? this : merge(of(version));
    }

    /** All that either vector knows. */
    public VersionVector merge(VersionVector other) {
        Map<String, Long> merged = new TreeMap<>(timestamps);
        other.timestamps.forEach((region, timestamp) -> merged.merge(region, timestamp, Math::max));
        return new VersionVector(merged);
    }
}
