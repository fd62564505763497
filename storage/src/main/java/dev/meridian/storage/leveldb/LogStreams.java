package dev.meridian.storage.leveldb;

import dev.meridian.storage.Direction;
import dev.meridian.storage.KeyRange;
import dev.meridian.storage.RowVisitor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.util.Arrays;
import java.util.Collections;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/** The streams of the logs in the order of their keys, and reads of them. Written by one thread, read by any. */
final class LogStreams {

    /** What can be seen: rows that stand before a place, and are not among those trimmed by then. */
    record Visible(long end, NavigableMap<byte[], Long> trimmed) {

        static final Visible NOTHING = new Visible(0, Collections.unmodifiableNavigableMap(map()));

        /** The place of an offset in a segment. */
        static long place(int segment, int offset) {
            return (long) segment << Integer.SIZE | offset;
        }

        /** An empty map of streams. */
        static NavigableMap<byte[], Long> map() {
            return new TreeMap<>(Arrays::compareUnsigned);
        }

        /** The last number of a stream that is trimmed; -1 where none is. */
        long trimmed(byte[] prefix) {
            return trimmed.getOrDefault(prefix, -1L);
        }

        private int segment() {
            return (int) (end >>> Integer.SIZE);
        }

        private int count(LogRun run, LogEntries entries) {
            int order = Integer.compare(run.segment().number(), segment());
            return order < 0 ? entries.count() : order == 0 ? entries.before((int) end) : 0;
        }
    }

    private final ConcurrentNavigableMap<byte[], LogStream> streams =
            new ConcurrentSkipListMap<>(Arrays::compareUnsigned);

    /** A run has begun, or was found. */
    void add(LogRun run) {
        streams.computeIfAbsent(run.prefix(), LogStream::new).add(run);
    }

    /** Nobody reads the run any more. */
    void hide(LogRun run) {
        LogStream stream = streams.get(run.prefix());
        if (stream != null) {
            stream.hide(run);
        }
    }

    /** The run's segment is gone. Returns whether nothing is left of its stream. */
    boolean remove(LogRun run) {
        LogStream stream = streams.get(run.prefix());
        if (stream == null || stream.remove(run)) {
            return false;
        }
        streams.remove(run.prefix());
        return true;
    }

    /** The run of a stream with the least numbers that is not hidden; null where there is none. */
    @Nullable
    LogRun firstRun(byte[] prefix) {
        LogStream stream = streams.get(prefix);
        return stream == null ? null : stream.firstRun();
    }

    byte @Nullable [] get(Visible visible, byte[] key) {
        byte[][] found = new byte[1][];
        KeyRange range = new KeyRange(key, Arrays.copyOf(key, key.length + 1));
        scan(visible, range, Direction.ASCENDING, (row, value) -> {
            found[0] = value;
            return false;
        });
        return found[0];
    }

    void scan(Visible visible, KeyRange range, Direction direction, RowVisitor visitor) {
        boolean isAscending = direction == Direction.ASCENDING;
        NavigableMap<byte[], LogStream> within = within(range);
        for (LogStream stream : (isAscending ? within : within.descendingMap()).values()) {
            long from = stream.ceiling(range.from());
            long last = stream.lower(range.to());
            if (from >= 0 && last >= from) {
                long untrimmed = Math.max(from, visible.trimmed(stream.prefix()) + 1);
                if (!scan(visible, stream, untrimmed, last, isAscending, visitor)) {
                    return;
                }
            }
        }
    }

    /** The streams that may have rows in a range. */
    private NavigableMap<byte[], LogStream> within(KeyRange range) {
        byte[] start = streams.floorKey(range.from());
        byte[] from = start == null ? range.from() : start;
        byte[] to = range.to();
        if (to != null && Arrays.compareUnsigned(from, to) >= 0) {
            return Collections.emptyNavigableMap();
        }
        return to == null ? streams.tailMap(from, true) : streams.subMap(from, true, to, false);
    }

    /** Returns whether the visitor wants more. */
    private static boolean scan(
            Visible visible, LogStream stream, long from, long last, boolean isAscending, RowVisitor visitor) {
        NavigableMap<Long, LogRun> runs = stream.runs(from, last);
        for (LogRun run : (isAscending ? runs : runs.descendingMap()).values()) {
            try {
                if (!scan(visible, run, from, last, isAscending, visitor)) {
                    return false;
                }
            } catch (NoSuchFileException deleted) {
                // All its rows were trimmed while this went on.
                continue;
            } catch (SealedRun.DamagedException damaged) {
                throw run.segment().damaged(damaged);
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }
        return true;
    }

    private static boolean scan(
            Visible visible, LogRun run, long from, long last, boolean isAscending, RowVisitor visitor)
            throws IOException {
        try (LogReader rows = run.segment().reader(run)) {
            LogEntries entries = rows.entries();
            int start = entries.ceiling(from);
            int count = visible.count(run, entries);
            int end = last == Long.MAX_VALUE ? count : Math.min(count, entries.ceiling(last + 1));
            for (int i = start; i < end; i++) {
                LogRow row = rows.row(isAscending ? i : end - 1 - (i - start));
                byte[] value = row.value();
                if (value == null || !visitor.visit(row.key(), value)) {
                    return false;
                }
            }
        }
        return true;
    }
}
