package dev.meridian.conflict;

import java.util.Map;
import java.util.TreeMap;

/**
 * What a write knew: for each region, the timestamp of that region's last write to the item which the writer had seen.
 * Immutable.
 */
public record VersionVector(Map<String, Long> timestamps) {

    /** Stands for every region: what a replica knows of all of them, as it has let go of what they deleted. */
    public static final String EVERYONE = "*";

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
        return timestamps.getOrDefault(version.region(), 0L) >= version.timestamp()
                || timestamps.getOrDefault(EVERYONE, 0L) >= version.timestamp();
    }

    /** Whether everything that the other knows was known. */
    public boolean covers(VersionVector other) {
        return other.timestamps.entrySet().stream()
                .allMatch(entry -> covers(new Version(entry.getValue(), entry.getKey())));
    }

    /** This vector, knowing that version too. */
    public VersionVector with(Version version) {
        return covers(version) ? this : merge(of(version));
    }

    /** This vector, knowing every region's writes up to and including that timestamp too. */
    public VersionVector withEveryone(long timestamp) {
        return merge(new VersionVector(Map.of(EVERYONE, timestamp)));
    }

    /** All that either vector knows. */
    public VersionVector merge(VersionVector other) {
        Map<String, Long> merged = new TreeMap<>(timestamps);
        other.timestamps.forEach((region, timestamp) -> merged.merge(region, timestamp, Math::max));
        return new VersionVector(merged);
    }
}
