package dev.meridian.replication.log;

/**
 * Where the sequences of a region's log begin. Every time a region joins a table anew, its log is a new one, and nobody can know
 * how far all others had come in the old one; so each has numbers of its own, and what is behind it is seen as a gap.
 */
public final class LogEpoch {

    private static final int BITS = 40;

    private LogEpoch() {}

    /** What the sequences of a log are greater than, by how often its region has been asked to join; 0 of the first. */
    public static long base(long epoch) {
        return Math.max(0, epoch - 1) << BITS;
    }

    /** The last sequence that was written, given where a log stands: 0 where that is at the beginning of one begun anew. */
    public static long written(long sequence) {
        return (sequence & (1L << BITS) - 1) == 0 ? 0 : sequence;
    }
}
