package dev.meridian.storage.leveldb;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The rows of the segment that is written, in memory outside of the heap, and where those of each run stand. Used again for another
 * segment when this one is sealed and nobody reads: what lived as long as a segment takes to fill would wear out the heap.
 *
 * <p>Written by one thread, read by any between {@link #enter} and {@link #leave}.
 */
final class LogTail {

    private static final int FIRST_BYTES = 256 << 10;
    private static final int BLOCK_SHIFT = 5;
    private static final int BLOCK_ENTRIES = 1 << BLOCK_SHIFT;

    private final AtomicInteger readers = new AtomicInteger();
    private volatile ByteBuffer rows = ByteBuffer.allocateDirect(FIRST_BYTES);
    private volatile long[] numbers = new long[8 * BLOCK_ENTRIES];
    private volatile int[] offsets = new int[8 * BLOCK_ENTRIES];
    private int blocks;

    /** To be used for a new segment. */
    void clear() {
        blocks = 0;
    }

    /** Where a group's rows are encoded, from an offset on, so many bytes. */
    ByteBuffer room(int offset, int bytes) {
        if (rows.capacity() < offset + bytes) {
            int capacity = rows.capacity();
            while (capacity < offset + bytes) {
                capacity = Math.multiplyExact(capacity, 2);
            }
            ByteBuffer larger = ByteBuffer.allocateDirect(capacity);
            larger.put(rows.duplicate().clear().limit(offset));
            rows = larger;
        }
        return rows.duplicate().clear().position(offset);
    }

    /** Reads a run of whoever has entered, and leaves when it is closed. */
    LogReader reader(Run run) {
        ByteBuffer all = rows();
        return new LogReader() {
            @Override
            public LogEntries entries() {
                return run;
            }

            @Override
            public LogRow row(int entry) throws IOException {
                LogRow row = LogRow.decode(all.position(run.offset(entry)));
                if (row == null) {
                    throw new SealedRun.DamagedException(run.offset(entry));
                }
                return row;
            }

            @Override
            public void close() {
                leave();
            }
        };
    }

    /** All rows; to be read where some are known to stand. */
    ByteBuffer rows() {
        return rows.duplicate().clear();
    }

    /** Whoever reads is counted. */
    void enter() {
        readers.incrementAndGet();
    }

    void leave() {
        readers.decrementAndGet();
    }

    boolean isRead() {
        return readers.get() > 0;
    }

    /** A run that begins with a row. */
    Run run(long number, int offset) {
        Run run = new Run();
        run.add(number, offset);
        return run;
    }

    /** The entries of one run, in blocks among those of others. */
    final class Run implements LogEntries {

        private volatile int[] mine = new int[0];
        private volatile int count;

        private Run() {}

        void add(long number, int offset) {
            int at = count;
            if (at == mine.length << BLOCK_SHIFT) {
                int[] more = Arrays.copyOf(mine, mine.length + 1);
                more[mine.length] = blocks++;
                mine = more;
                if (blocks << BLOCK_SHIFT > numbers.length) {
                    numbers = Arrays.copyOf(numbers, 2 * numbers.length);
                    offsets = Arrays.copyOf(offsets, 2 * offsets.length);
                }
            }
            int place = place(at);
            numbers[place] = number;
            offsets[place] = offset;
            count = at + 1;
        }

        private int place(int entry) {
            return (mine[entry >> BLOCK_SHIFT] << BLOCK_SHIFT) + (entry & BLOCK_ENTRIES - 1);
        }

        @Override
        public int count() {
            return count;
        }

        @Override
        public long number(int entry) {
            return numbers[place(entry)];
        }

        @Override
        public int offset(int entry) {
            return offsets[place(entry)];
        }
    }
}
