package dev.meridian.chaos.fault;

/**
 * What is wrong with the one-way link from one region to another.
 *
 * @param cut nothing passes
 * @param latencyMillis one-way delay
 * @param jitterMillis up to so much more, evenly spread
 * @param lossRatio the share of messages lost, 0 to 1
 * @param bytesPerSecond how much passes in a second; 0: no limit
 */
public record LinkFault(boolean cut, long latencyMillis, long jitterMillis, double lossRatio, long bytesPerSecond) {

    /** A link as it should be. */
    public static final LinkFault NONE = new LinkFault(false, 0, 0, 0, 0);

    public LinkFault {
        if (latencyMillis < 0 || jitterMillis < 0 || bytesPerSecond < 0 || !(lossRatio >= 0 && lossRatio <= 1)) {
            throw new IllegalArgumentException(
                    "latency, jitter and rate must not be negative, and loss must lie between 0 and 1");
        }
    }

    /** A link that only takes its time. */
    public static LinkFault latency(long millis) {
        return new LinkFault(false, millis, 0, 0, 0);
    }

    public LinkFault withCut(boolean nowCut) {
        return new LinkFault(nowCut, latencyMillis, jitterMillis, lossRatio, bytesPerSecond);
    }
}
