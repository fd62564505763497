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
 * @param origin how the region came to join in this epoch
 */
public record Member(long epoch, Phase phase, Origin origin) implements Comparable<Member> {

    private static final Comparator<Member> ORDER = Comparator.comparingLong(Member::epoch)
            .thenComparing(Member::phase)
            .thenComparing(member -> member.origin().atMillis())
            .thenComparing(member -> member.origin().source());

    /** How far a replica has come, in this order. */
    public enum Phase {
        CREATING,
        CREATION_FAILED,
        ACTIVE,
        DELETING,
        /** Given up by the others; its region does not know yet, and will make a table of its own of what it holds. */
        DETACHED,
        GONE
    }

    /**
     * Who asked a region to join.
     *
     * @param source the region that was called
     * @param atMillis when, since 1970 UTC
     */
    public record Origin(String source, long atMillis) {

        /** Of a region that held the table from its creation. */
        public static final Origin FOUNDING = new Origin("", 0);
    }

    @Override
    public int compareTo(Member other) {
        return ORDER.compare(this, other);
    }

    /** Whether the region holds a replica, or is on the way to it or from it. */
    public boolean isHere() {
        return phase != Phase.GONE && phase != Phase.DETACHED;
    }

    /** Whether somebody who was asked to add or remove the replica still waits for that. */
    public boolean isChanging() {
        return phase == Phase.DELETING || phase == Phase.CREATING && !origin.equals(Origin.FOUNDING);
    }

    /** What is known when both are known. */
    static Map<String, Member> merge(Map<String, Member> known, Map<String, Member> heard) {
        Map<String, Member> merged = new LinkedHashMap<>(known);
        heard.forEach((region, member) -> merged.merge(region, member, (a, b) -> a.compareTo(b) >= 0 ? a : b));
        return merged;
    }
}
