package dev.meridian.chaos.fault;

/**
 * What is wrong with a region's disk.
 *
 * @param slowMillis a sync takes so much longer
 * @param full nothing more can be written; reading goes on
 * @param syncError syncs fail, and nobody knows what is on disk: the region must fail itself, and be started again
 */
public record DiskFault(long slowMillis, boolean full, boolean syncError) {

    /** A disk as it should be. */
    public static final DiskFault NONE = new DiskFault(0, false, false);

    public DiskFault {
        if (slowMillis < 0) {
            throw new IllegalArgumentException("a disk is slower by 0 ms or more");
        }
    }
}
