package dev.meridian.node.replication;

import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.Histogram;

/** Counts and lags of one follower, written by its actor and read by anyone. */
public final class FollowerFigures {

    private static final long LAG_MILLIS_MAX = 24L * 60 * 60 * 1_000;

    private final LongAdder applied = new LongAdder();
    private final LongAdder superseded = new LongAdder();
    private final LongAdder duplicates = new LongAdder();
    private Histogram lag = new Histogram(LAG_MILLIS_MAX, 2);
    private volatile String phase = "idle";

    void phase(String name) {
        phase = name;
    }

    void count(int newlyApplied, int newlySuperseded, int newlyDuplicate) {
        applied.add(newlyApplied);
        superseded.add(newlySuperseded);
        duplicates.add(newlyDuplicate);
    }

    synchronized void lag(long millis) {
        lag.recordValue(Math.max(0, Math.min(LAG_MILLIS_MAX, millis)));
    }

    public String phase() {
        return phase;
    }

    public long applied() {
        return applied.sum();
    }

    public long superseded() {
        return superseded.sum();
    }

    public long duplicates() {
        return duplicates.sum();
    }

    /** The lags since the last call of {@link #resetLag}, in milliseconds from write to durable application. */
    public synchronized Histogram lag() {
        return lag.copy();
    }

    /** Starts a new interval. */
    public synchronized void resetLag() {
        lag = new Histogram(LAG_MILLIS_MAX, 2);
    }
}
