package dev.meridian.node.catalogue;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A region's part in a global table. Whatever two regions know of it comes together by taking the greater: a region that
 * joins anew does so with a greater epoch, and within one epoch a phase only ever gives way to a later one. So stale news
 * never brings back a replica that has left.
 *
 * @param epoch how many times the region has been asked to join
 */
public record Member(long epoch, Phase phase) implements Comparable<Member> {

    /** How far a replica has come, in this order. */
    public enum Phase {
        CREATING,
        CREATION_FAILED,
        ACTIVE,
        DELETING,
        GONE
    }

    @Override
    public int compareTo(Member other) {
        return Comparator.comparingLong(Member::epoch)
                .thenComparing(Member::phase)
                .compare(this, other);
    }

    /** Whether the region holds a replica, or is on the way to it or from it. */
    public boolean isHere() {
        return phase != Phase.GONE;
    }

    /** What is known when both are known. */
    static Map<String, Member> merge(Map<String, Member> known, Map<String, Member> heard) {
        Map<String, Member> merged = new LinkedHashMap<>(known);
        heard.forEach((region, member) -> merged.merge(region, member, (a, b) -> a.compareTo(b) >= 0 ? a : b));
        return merged;
    }
}
