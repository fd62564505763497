package dev.meridian.replication.consensus;

import java.util.Comparator;

/**
 * The number of one attempt. A total order; no two attempts anywhere have the same one.
 *
 * @param proposer who attempts: a region and which start of it, so that a region that has lost its memory cannot use a
 *     ballot again
 */
public record Ballot(long counter, String proposer) implements Comparable<Ballot> {

    /** Before every attempt. */
    public static final Ballot ZERO = new Ballot(0, "");

    private static final Comparator<Ballot> ORDER =
            Comparator.comparingLong(Ballot::counter).thenComparing(Ballot::proposer);

    @Override
    public int compareTo(Ballot other) {
        return ORDER.compare(this, other);
    }

    public boolean isBelow(Ballot other) {
        return compareTo(other) < 0;
    }
}
