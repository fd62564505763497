package dev.meridian.conflict;

/**
 * One region's writes never lose to a write that did not know of them; among the others the last writer wins.
 *
 * <p>The rule that comes to mind, favour the region where two writes are concurrent and the later one otherwise, has circles: of
 * a favoured write, another over it, and a third that knew of neither, each may win over the next, and replicas end apart. So the
 * order is by the last favoured write that a write knew (itself, if it is one), then by version. A write that knew of another
 * knew as much of the favoured region, and is later; whatever loses knew no more of it.
 *
 * @param region the favoured region
 */
public record RegionPriority(String region) implements ConflictPolicy {

    /** With the region's name, as it stands in settings. */
    public static final String PREFIX = "priority=";

    @Override
    public int compare(Stamp one, Stamp other) {
        int byKnown = Long.compare(known(one), known(other));
        return byKnown != 0 ? byKnown : one.version().compareTo(other.version());
    }

    private long known(Stamp stamp) {
        return Math.max(
                stamp.seen().timestamps().getOrDefault(region, 0L),
                stamp.seen().timestamps().getOrDefault(VersionVector.EVERYONE, 0L));
    }
}
