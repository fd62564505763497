package dev.meridian.node.catalogue;

import java.util.Comparator;

/**
 * Which of two settings of a global table is the later one: a count that goes up with every change anywhere, the region
 * that made the change breaks ties. A change made in knowledge of another is always the later one.
 */
public record SettingsRevision(long count, String region) implements Comparable<SettingsRevision> {

    static final SettingsRevision FIRST = new SettingsRevision(0, "");

    @Override
    public int compareTo(SettingsRevision other) {
        return Comparator.comparingLong(SettingsRevision::count)
                .thenComparing(SettingsRevision::region)
                .compare(this, other);
    }

    /** The revision of a change made in that region on top of this one. */
    SettingsRevision next(String changedIn) {
        return new SettingsRevision(count + 1, changedIn);
    }
}
