package dev.meridian.storage.leveldb;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.NavigableMap;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/**
 * Rows whose keys differ in the number at their end alone, which grows from one to the next: its runs by their first numbers. Written
 * by one thread, read by any.
 */
final class LogStream {

    private static final int NUMBER_BYTES = Long.BYTES;

    private final byte[] prefix;
    private final ConcurrentNavigableMap<Long, LogRun> runs = new ConcurrentSkipListMap<>();
    private int segments;

    LogStream(byte[] prefix) {
        this.prefix = prefix;
    }

    /** The stream of a row. */
    static byte[] prefixOf(byte[] key) {
        if (key.length <= NUMBER_BYTES || key[key.length - NUMBER_BYTES] < 0) {
            throw new IllegalArgumentException("no row of a log: " + Arrays.toString(key));
        }
        return Arrays.copyOf(key, key.length - NUMBER_BYTES);
    }

    static long numberOf(byte[] key) {
        return ByteBuffer.wrap(key).getLong(key.length - NUMBER_BYTES);
    }

    byte[] prefix() {
        return prefix;
    }

    void add(LogRun run) {
        runs.put(run.first(), run);
        segments++;
    }

    void hide(LogRun run) {
        runs.remove(run.first());
    }

    /** Takes away a run with its segment. Returns whether another segment has one. */
    boolean remove(LogRun run) {
        runs.remove(run.first());
        segments--;
        return segments > 0;
    }

    /** The run with the least numbers that is not hidden. */
    @Nullable
    LogRun firstRun() {
        Map.Entry<Long, LogRun> run = runs.firstEntry();
        return run == null ? null : run.getValue();
    }

    /** The runs that may have a number from one to another. */
    NavigableMap<Long, LogRun> runs(long from, long last) {
        Long start = runs.floorKey(from);
        long first = start == null ? from : start;
        return first > last ? Collections.emptyNavigableMap() : runs.subMap(first, true, last, true);
    }

    /** The least number whose key is not before a key; -1 where there is none. */
    long ceiling(byte[] key) {
        int common = Math.min(prefix.length, key.length);
        int order = Arrays.compareUnsigned(key, 0, common, prefix, 0, common);
        if (order < 0 || (order == 0 && key.length <= prefix.length)) {
            return 0;
        }
        if (order > 0) {
            return -1;
        }
        byte[] rest = Arrays.copyOf(Arrays.copyOfRange(key, prefix.length, key.length), NUMBER_BYTES);
        long number = ByteBuffer.wrap(rest).getLong();
        boolean isLonger = key.length > prefix.length + NUMBER_BYTES;
        return number < 0 ? -1 : isLonger ? number + 1 : number;
    }

    /** The greatest number whose key is before a key; -1 where there is none. */
    long lower(byte @Nullable [] key) {
        if (key == null) {
            return Long.MAX_VALUE;
        }
        long ceiling = ceiling(key);
        return ceiling < 0 ? Long.MAX_VALUE : ceiling - 1;
    }
}
