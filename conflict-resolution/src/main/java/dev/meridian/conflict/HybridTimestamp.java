package dev.meridian.conflict;

/** A hybrid timestamp packed in a long: 48 bits of milliseconds since 1970 UTC, then a 16-bit counter. Compares as a long. */
public final class HybridTimestamp {

    private static final int COUNTER_BITS = 16;

    /** The year 5000: no clock shows more, and one that took it over could still count on for long. */
    private static final long MILLIS_MAX = 95_617_584_000_000L;

    private HybridTimestamp() {}

    /** Packs milliseconds since 1970 UTC and a counter from 0 to 65,535. */
    public static long of(long millis, int counter) {
        return (millis << COUNTER_BITS) | counter;
    }

    /** Whether some region's clock may have given it, be it set as wrong as it likes. */
    public static boolean isPossible(long timestamp) {
        return timestamp >= 0 && millis(timestamp) < MILLIS_MAX;
    }

    /** The wall-clock part, in milliseconds since 1970 UTC. */
    public static long millis(long timestamp) {
        return timestamp >>> COUNTER_BITS;
    }

    /** The counter part, from 0 to 65,535. */
    public static int counter(long timestamp) {
        return (int) (timestamp & 0xFFFF);
    }
}
