package dev.meridian.chaos.fault;

/**
 * What is wrong with a region's disk.
 *
 * @param slowMillis a sync takes so much longer
 * @param full nothing more can be written; reading goes on
 * @param syncError syncs fail, and nobody knows what is on disk: the region must fail itself, and be started again
 * @param tornWrite when the region dies, half of a write that was under way stays at the end of its log
 */
public record DiskFault(long slowMillis, boolean full, boolean syncError, boolean tornWrite) {

    /** A disk as it should be. */
    public static final DiskFault NONE = new DiskFault(0, false, false, false);

    /** What may be wrong, by the names the control API has for it. */
    public enum Part {
        SLOW("slowMillis"),
        FULL("full"),
        SYNC_ERROR("syncError"),
        TORN_WRITE("tornWrite");

        private final String member;

        Part(String member) {
            this.member = member;
        }

        public String member() {
            return member;
        }
    }

    public DiskFault {
        if (slowMillis < 0) {
            throw new IllegalArgumentException("a disk is slower by 0 ms or more");
        }
    }

    public DiskFault(long slowMillis, boolean full, boolean syncError) {
        this(slowMillis, full, syncError, false);
    }

    /** The same but for one part: milliseconds of a slow disk, else 0 for sound and 1 for not. */
    public DiskFault with(Part part, long value) {
        return switch (part) {
            case SLOW -> new DiskFault(value, full, syncError, tornWrite);
            case FULL -> new DiskFault(slowMillis, value != 0, syncError, tornWrite);
            case SYNC_ERROR -> new DiskFault(slowMillis, full, value != 0, tornWrite);
            case TORN_WRITE -> new DiskFault(slowMillis, full, syncError, value != 0);
        };
    }
}
