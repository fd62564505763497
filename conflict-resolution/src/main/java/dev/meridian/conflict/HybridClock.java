package dev.meridian.conflict;

/**
 * A hybrid logical clock: every stamp it gives is greater than every stamp it gave or witnessed before, and stays as close
 * to the wall clock as that allows. Thread-safe. After Kulkarni et al., "Logical Physical Clocks" (2014); packing both
 * parts in one long lets a full counter carry into the milliseconds.
 */
public final class HybridClock {

    private long last;

    /** Continues after a timestamp of an earlier life; 0 for a new clock. */
    public HybridClock(long last) {
        this.last = last;
    }

    /** The next timestamp of this region, for a wall clock that shows {@code nowMillis} since 1970 UTC. */
    public synchronized long next(long nowMillis) {
        last = Math.max(last + 1, HybridTimestamp.of(nowMillis, 0));
        return last;
    }

    /** The next timestamp, which is also greater than {@code floor}. */
    public synchronized long nextAfter(long floor, long nowMillis) {
        last = Math.max(last, floor);
        return next(nowMillis);
    }

    /** Takes note of another region's timestamp, so that whatever is written here afterwards is later. */
    public synchronized void witness(long timestamp) {
        last = Math.max(last, timestamp);
    }

    /** The greatest timestamp given or witnessed so far. */
    public synchronized long last() {
        return last;
    }
}
