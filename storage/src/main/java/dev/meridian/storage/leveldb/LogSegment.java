package dev.meridian.storage.leveldb;

import dev.meridian.storage.StoreException;
import dev.meridian.storage.leveldb.LogStreams.Visible;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One file of the logs. While it is written it has rows in the order of their commits, each group ended by its link of
 * the chain, which are read from its tail in memory; then it is written once more with the rows of each stream together,
 * and once more when few of them are left. Written by one thread, sealed and made smaller by another when that is done
 * with it, read by any.
 */
final class LogSegment {

    private final int number;
    private final Path file;
    private final NavigableMap<byte[], LogRun> runs = new TreeMap<>(Arrays::compareUnsigned);
    private @Nullable FileChannel writing;
    private volatile @Nullable LogTail tail;
    private final ReadWriteLock placing = new ReentrantReadWriteLock();
    private long rowsInFile = Long.MAX_VALUE;
    private int end;
    private ChainRow first = ChainRow.GENESIS;
    private ChainRow last = ChainRow.GENESIS;

    private LogSegment(int number, Path file, @Nullable LogTail tail) {
        this.number = number;
        this.file = file;
        this.tail = tail;
    }

    /** A new one. */
    static LogSegment create(Path folder, int number, LogTail tail) throws IOException {
        LogSegment segment = new LogSegment(number, SegmentFiles.of(folder, number), tail);
        segment.writing = FileChannel.open(
                segment.file,
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE);
        return segment;
    }

    /** Takes the rows of a segment that is opened. */
    interface RowTaker {

        void take(LogSegment segment, LogRow row, int offset);
    }

    /** One that is there: by its footer or, where it has none, by its rows up to the last whole group, which stand in the tail then. */
    static LogSegment open(Path folder, int number, RowTaker rows, Consumer<LogFooter> footers) throws IOException {
        LogSegment segment = new LogSegment(number, SegmentFiles.of(folder, number), null);
        try (FileChannel channel = FileChannel.open(segment.file, StandardOpenOption.READ)) {
            LogFooter footer = LogFooter.read(channel);
            if (footer != null) {
                segment.first = footer.first();
                segment.last = footer.last();
                for (LogFooter.PlacedRun run : footer.runs()) {
                    segment.runs.put(
                            run.prefix(), LogRun.sealed(segment, run.prefix(), run.first(), run.last(), run.at()));
                }
                footers.accept(footer);
            } else {
                segment.readRows(FileBytes.read(channel, 0, Math.toIntExact(channel.size())), rows);
            }
        }
        return segment;
    }

    private void readRows(ByteBuffer in, RowTaker rows) {
        LogTail read = new LogTail();
        read.room(0, in.remaining()).put(in.duplicate());
        tail = read;
        List<LogRow> group = new ArrayList<>();
        List<Integer> offsets = new ArrayList<>();
        int offset = 0;
        for (LogRow row = LogRow.decode(in); row != null; row = LogRow.decode(in)) {
            group.add(row);
            offsets.add(offset);
            offset = in.position();
            byte[] value = row.value();
            if (row.key()[0] == ChainRow.KIND && value != null) {
                ChainRow link = ChainRow.decode(row.key(), value);
                if (last.group() > 0 && !link.follows(last)) {
                    return;
                }
                for (int i = 0; i < group.size(); i++) {
                    rows.take(this, group.get(i), offsets.get(i));
                }
                wrote(link, offset);
                group.clear();
                offsets.clear();
            }
        }
    }

    int number() {
        return number;
    }

    NavigableMap<byte[], LogRun> runs() {
        return runs;
    }

    ChainRow first() {
        return first;
    }

    ChainRow last() {
        return last;
    }

    int end() {
        return end;
    }

    /** Where the rows of the next group are encoded. */
    ByteBuffer room(int bytes) {
        return Objects.requireNonNull(tail).room(end, bytes);
    }

    /** Writes the rows of a group, which stand in the tail. */
    void write(ByteBuffer rows, ChainRow link) throws IOException {
        FileChannel channel = writing;
        if (channel == null) {
            throw new IOException(file + " is not written to any more");
        }
        int newEnd = rows.limit();
        while (rows.hasRemaining()) {
            channel.write(rows, rows.position());
        }
        wrote(link, newEnd);
    }

    private void wrote(ChainRow link, int newEnd) {
        if (last.group() == 0) {
            first = link;
        }
        last = link;
        end = newEnd;
    }

    /** Adds the row that stands at an offset. Returns the run where this is its first. */
    @Nullable
    LogRun add(byte[] prefix, long rowNumber, int offset) {
        LogRun run = runs.get(prefix);
        if (run != null) {
            run.add(rowNumber, offset);
            return null;
        }
        LogRun fresh = LogRun.beginning(
                this, prefix, rowNumber, Objects.requireNonNull(tail).run(rowNumber, offset));
        runs.put(prefix, fresh);
        return fresh;
    }

    boolean isSealed() {
        return tail == null;
    }

    /**
     * Writes it once more, durably, each stream's rows together and compressed, with a footer. Returns the tail, which nobody begins to read
     * any more.
     */
    LogTail seal(long anchor, NavigableMap<byte[], Long> trimmed) throws IOException {
        LogTail done = Objects.requireNonNull(tail);
        Map<LogRun, LogEntries> all = new LinkedHashMap<>();
        runs.values().forEach(run -> all.put(run, Objects.requireNonNull(run.inTail())));
        LogFooter footer = new LogFooter(first, last, anchor, trimmed, List.of());
        SealedFile sealed = SealedFile.write(file, footer, all, done.rows());
        sealed.takePlace();
        sealed.forceName();
        sealed.places().forEach(LogRun::seal);
        tail = null;
        close();
        return done;
    }

    /** Whether nothing is left of it. */
    boolean isOver(Visible visible) {
        return runs.values().stream().allMatch(run -> run.rowsAfter(visible.trimmed(run.prefix())) == 0);
    }

    /**
     * Whether it is worth the while to {@link #shrink} it: at the most one row of each run is left, and of all rows
     * in the file at the most half. Says so once, until half of what is left then has gone.
     */
    boolean mayShrink(Visible visible) {
        long left = 0;
        long before = 0;
        for (LogRun run : runs.values()) {
            long ofRun = run.rowsAfter(visible.trimmed(run.prefix()));
            if (ofRun > 1) {
                return false;
            }
            left += ofRun;
            before += run.rowsAfter(-1);
        }
        if (left == 0 || 2 * left > Math.min(before, rowsInFile)) {
            return false;
        }
        rowsInFile = left;
        return true;
    }

    /** Writes it anew, durably, without the rows that are trimmed; something is left. */
    void shrink(Visible visible) throws IOException {
        SealedFile smaller = Shrinking.write(this, file, visible);
        placing.writeLock().lock();
        try {
            smaller.takePlace();
            runs.values().forEach(run -> run.seal(smaller.places().getOrDefault(run, LogRun.NOWHERE)));
        } finally {
            placing.writeLock().unlock();
        }
        smaller.forceName();
    }

    /** Makes durable what has been written so far. */
    void force() throws IOException {
        FileChannel channel = writing;
        if (channel != null) {
            channel.force(true);
        }
    }

    /** Nothing is written any more. */
    void close() {
        FileChannel channel = writing;
        writing = null;
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    void delete() throws IOException {
        close();
        Files.deleteIfExists(file);
    }

    /** Reads one run; to be closed. */
    LogReader reader(LogRun run) throws IOException {
        LogTail memory = tail;
        if (memory != null) {
            memory.enter();
            LogTail.Run entries = run.inTail();
            // Seen after having entered: the tail is not given away before this reader leaves.
            if (tail == memory && entries != null) {
                return memory.reader(entries);
            }
            memory.leave();
        }
        FileChannel channel;
        int at;
        placing.readLock().lock();
        try {
            channel = FileChannel.open(file, StandardOpenOption.READ);
            at = run.at();
        } finally {
            placing.readLock().unlock();
        }
        try {
            if (at == LogRun.NOWHERE) {
                throw new NoSuchFileException(file.toString());
            }
            SealedRun sealed = SealedRun.read(channel, at);
            if (sealed == null) {
                throw new SealedRun.DamagedException(at);
            }
            return sealed.reader(channel);
        } catch (IOException | RuntimeException failure) {
            channel.close();
            throw failure;
        }
    }

    /** What is told of a row that cannot be read. */
    StoreException damaged(SealedRun.DamagedException failure) {
        return new StoreException(StoreException.Kind.CORRUPT, file + " is damaged: " + failure.getMessage(), failure);
    }
}
