package dev.meridian.chaos.fault;

/**
 * What is wrong with the one-way link from one region to another.
 *
 * @param cut nothing passes
 * @param latencyMillis one-way delay
 * @param jitterMillis up to so much more, evenly spread
 * @param lossRatio the share of messages lost, 0 to 1
 * @param bytesPerSecond how much passes in a second; 0: no limit
 * @param duplicateRatio the share of messages that arrive twice
 * @param reorderRatio the share of messages that others overtake
 * @param flapMillis the link is up for so long, then down for so long, again and again; 0: it is not
 */
public record LinkFault(
        boolean cut,
        long latencyMillis,
        long jitterMillis,
        double lossRatio,
        long bytesPerSecond,
        double duplicateRatio,
        double reorderRatio,
        long flapMillis) {

    /** A link as it should be. */
    public static final LinkFault NONE = new LinkFault(false, 0, 0, 0, 0);

    public LinkFault {
        if (latencyMillis < 0 || jitterMillis < 0 || bytesPerSecond < 0 || flapMillis < 0 || !isShare(lossRatio)) {
            throw new IllegalArgumentException(
                    "latency, jitter and rate must not be negative, and loss must lie between 0 and 1");
        }
        if (!isShare(duplicateRatio) || !isShare(reorderRatio)) {
            throw new IllegalArgumentException("the shares of doubled and reordered messages lie between 0 and 1");
        }
    }

    public LinkFault(boolean cut, long latencyMillis, long jitterMillis, double lossRatio, long bytesPerSecond) {
        this(cut, latencyMillis, jitterMillis, lossRatio, bytesPerSecond, 0, 0, 0);
    }

    private static boolean isShare(double ratio) {
        return ratio >= 0 && ratio <= 1;
    }

    /** A link that only takes its time. */
    public static LinkFault latency(long millis) {
        return new LinkFault(false, millis, 0, 0, 0);
    }

    public LinkFault withCut(boolean nowCut) {
        return new LinkFault(
                nowCut,
                latencyMillis,
                jitterMillis,
                lossRatio,
                bytesPerSecond,
                duplicateRatio,
                reorderRatio,
                flapMillis);
    }

    public LinkFault withFlap(long everyMillis) {
        return new LinkFault(
                cut, latencyMillis, jitterMillis, lossRatio, bytesPerSecond, duplicateRatio, reorderRatio, everyMillis);
    }

    /** Whether nothing passes at that time of a clock that never jumps. */
    public boolean isDown(long nowMillis) {
        return cut || flapMillis > 0 && nowMillis / flapMillis % 2 == 1;
    }
}
