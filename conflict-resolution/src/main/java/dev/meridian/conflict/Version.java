package dev.meridian.conflict;

/**
 * When and where an item was written. A total order: the greater timestamp wins, equal timestamps are decided by the
 * region's name, never by the order of arrival.
 *
 * @param timestamp a {@link HybridTimestamp}
 */
public record Version(long timestamp, String region) implements Comparable<Version> {

    @Override
    public int compareTo(Version other) {
        int byTime = Long.compare(timestamp, other.timestamp);
        return byTime != 0 ? byTime : region.compareTo(other.region);
    }
}
