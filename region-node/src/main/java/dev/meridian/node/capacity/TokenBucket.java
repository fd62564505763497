package dev.meridian.node.capacity;

/**
 * Units that come at a steady rate and are kept for a while when nobody takes them. Whoever finds any left may take more than
 * that; what is owed is paid from what comes next. Thread-safe.
 */
final class TokenBucket {

    private static final double NANOS_PER_SECOND = 1e9;
    private static final double MILLIS_PER_SECOND = 1e3;

    private double perSecond;
    private double kept;
    private double tokens;
    private long lastNanos;

    /** Starts with what comes in one second. */
    TokenBucket(double perSecond, double keptSeconds, long nowNanos) {
        this.perSecond = perSecond;
        this.kept = perSecond * keptSeconds;
        this.tokens = perSecond;
        this.lastNanos = nowNanos;
    }

    /** From now on units come at this rate; what is there stays, as far as it may be kept. */
    synchronized void retune(double newPerSecond, double keptSeconds, long nowNanos) {
        if (newPerSecond != perSecond) {
            refill(nowNanos);
            perSecond = newPerSecond;
            kept = newPerSecond * keptSeconds;
            tokens = Math.min(tokens, kept);
        }
    }

    synchronized boolean hasAny(long nowNanos) {
        refill(nowNanos);
        return tokens > 0;
    }

    synchronized void take(double units, long nowNanos) {
        refill(nowNanos);
        tokens -= units;
    }

    /** How long until there is something left; 0 if there is now. */
    synchronized long millisUntilAny(long nowNanos) {
        refill(nowNanos);
        return tokens > 0 ? 0 : (long) Math.floor(-tokens / perSecond * MILLIS_PER_SECOND) + 1;
    }

    private void refill(long nowNanos) {
        long passed = nowNanos - lastNanos;
        if (passed > 0) {
            tokens = Math.min(kept, tokens + perSecond * passed / NANOS_PER_SECOND);
            lastNanos = nowNanos;
        }
    }
}
