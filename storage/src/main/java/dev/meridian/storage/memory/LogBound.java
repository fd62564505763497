package dev.meridian.storage.memory;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.NavigableMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the log rows of a store in memory to so many bytes: the oldest go first. The last row of every stream stays, since it keeps the
 * count; a stream is what keys share but for their last eight bytes, which number its rows. Not thread-safe.
 */
final class LogBound {

    /** What a row takes in the heap besides its bytes, about. */
    private static final int ROW_BYTES = 120;

    private static final int SEQUENCE_BYTES = Long.BYTES;

    /** So many rows that have to stay are passed over in one go, however large they are together. */
    private static final int KEPT_MAX = 64;

    private final Set<Byte> kinds;
    private final long maxBytes;
    private final ArrayDeque<byte[]> inOrder = new ArrayDeque<>();
    private long bytes;
    /** How many of the keys in order are of rows that others have removed. */
    private int removedByOthers;

    /** {@code kinds}: the first bytes of the keys of log rows. */
    LogBound(Set<Byte> kinds, long maxBytes) {
        this.kinds = kinds;
        this.maxBytes = maxBytes;
    }

    /** Where there are no logs, or they are not bounded. */
    static LogBound none() {
        return new LogBound(Set.of(), Long.MAX_VALUE);
    }

    /** A row has been written; {@code before} stood there, or null. */
    void written(byte[] key, byte[] value, byte @Nullable [] before) {
        if (isLog(key)) {
            bytes += sizeBytes(key, value);
            if (before == null) {
                inOrder.add(key);
            } else {
                bytes -= sizeBytes(key, before);
            }
        }
    }

    /** A row has been removed; {@code before} stood there, or null. */
    void removed(byte[] key, byte @Nullable [] before) {
        if (before != null && isLog(key)) {
            bytes -= sizeBytes(key, before);
            removedByOthers++;
        }
    }

    /** Removes the oldest rows while there are too many bytes. */
    void enforce(NavigableMap<byte[], byte[]> rows) {
        if (2 * removedByOthers > inOrder.size()) {
            inOrder.removeIf(key -> !rows.containsKey(key));
            removedByOthers = 0;
        }
        int kept = 0;
        while (bytes > maxBytes && kept < KEPT_MAX && !inOrder.isEmpty()) {
            byte[] oldest = inOrder.remove();
            byte[] value = rows.get(oldest);
            if (value == null) {
                removedByOthers--;
            } else if (isLast(oldest, rows)) {
                inOrder.add(oldest);
                kept++;
            } else {
                rows.remove(oldest);
                bytes -= sizeBytes(oldest, value);
            }
        }
    }

    private boolean isLog(byte[] key) {
        return key.length > SEQUENCE_BYTES && kinds.contains(key[0]);
    }

    private static boolean isLast(byte[] key, NavigableMap<byte[], byte[]> rows) {
        byte[] next = rows.higherKey(key);
        int stream = key.length - SEQUENCE_BYTES;
        return next == null || next.length != key.length || !Arrays.equals(key, 0, stream, next, 0, stream);
    }

    private static long sizeBytes(byte[] key, byte[] value) {
        return (long) key.length + value.length + ROW_BYTES;
    }
}
