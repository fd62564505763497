package dev.meridian.node.replication;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How far a copy has come, and how long it has to rest to keep to its limit. Keys begin with a hash, so that where a page ends
 * says what share of the keys it has passed. Pure but for what it remembers; one a copy.
 */
final class CopyProgress {

    private static final int HASH_BYTES = 4;
    private static final double HASHES = 1L << 32;

    private final double rowsPerSecond;
    private final long beganMillis;
    private long rows;
    private volatile int percent;

    /** {@code rowsPerSecond}: 0 for no limit. */
    CopyProgress(double rowsPerSecond, long beganMillis) {
        this.rowsPerSecond = rowsPerSecond;
        this.beganMillis = beganMillis;
    }

    /** A page is here, and the next begins there; null: it was the last. */
    void page(int pageRows, byte @Nullable [] next) {
        rows += pageRows;
        percent = next == null ? 100 : (int) (hash(next) / HASHES * 100);
    }

    /** The copy goes on where an earlier one ended. */
    void resume(byte[] next) {
        percent = (int) (hash(next) / HASHES * 100);
    }

    private static double hash(byte[] key) {
        long hash = 0;
        for (int i = 0; i < HASH_BYTES; i++) {
            hash = hash << Byte.SIZE | (i < key.length ? key[i] & 0xFF : 0);
        }
        return hash;
    }

    /** How many rows have been copied. */
    long rows() {
        return rows;
    }

    int percent() {
        return percent;
    }

    /** How long to wait before the next page. */
    Duration rest(long nowMillis) {
        if (rowsPerSecond <= 0) {
            return Duration.ZERO;
        }
        long due = beganMillis + Math.round(rows * 1_000 / rowsPerSecond);
        return Duration.ofMillis(Math.max(0, due - nowMillis));
    }
}
