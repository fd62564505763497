package dev.meridian.storage.leveldb;

import dev.meridian.storage.StoreException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One file of the logs. While it is written it has rows in the order of their commits, each group ended by its link of the chain, which
 * are read from its tail in memory; then it is written once more with the rows of each stream together, and never changes again. Written by one thread, sealed by
 * another when that is done with it, read by any.
 */
final class LogSegment {

    /** What the name of a file ends with that is not whole yet. */
    private static final String UNFINISHED = ".unfinished";

    private final int number;
    private final Path file;
    private final NavigableMap<byte[], LogRun> runs = new TreeMap<>(Arrays::compareUnsigned);
    private @Nullable FileChannel writing;
    private volatile @Nullable LogTail tail;
    private final Set<LogRun> emptied = new HashSet<>();
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
        LogSegment segment = new LogSegment(number, file(folder, number), tail);
        segment.writing = FileChannel.open(
                segment.file,
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE);
        return segment;
    }

    private static Path file(Path folder, int number) {
        return folder.resolve(String.format("%08d", number));
    }

    /** Removes what was not whole when a process ended. */
    static void deleteUnfinished(Path folder) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + UNFINISHED)) {
            for (Path unfinished : files) {
                Files.delete(unfinished);
            }
        }
    }

    /** Whether a file of that name is one. */
    static boolean isName(String name) {
        return name.matches("[0-9]{8}");
    }

    /** The file of the last segment in a folder that nobody has open. */
    static Optional<Path> last(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return Optional.empty();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> isName(file.getFileName().toString())).max(Comparator.naturalOrder());
        }
    }

    /** Whether a segment's file has its footer. */
    static boolean isSealed(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return LogFooter.read(channel) != null;
        }
    }

    /** Takes the rows of a segment that is opened. */
    interface RowTaker {

        void take(LogSegment segment, LogRow row, int offset);
    }

    /** One that is there: by its footer or, where it has none, by its rows up to the last whole group, which stand in the tail then. */
    static LogSegment open(Path folder, int number, RowTaker rows, Consumer<LogFooter> footers) throws IOException {
        LogSegment segment = new LogSegment(number, file(folder, number), null);
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

    /** All rows of a run are deleted. Returns whether those of all runs are. */
    boolean emptied(LogRun run) {
        emptied.add(run);
        return emptied.size() == runs.size();
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
        Map<LogRun, Integer> places = new HashMap<>();
        List<LogFooter.PlacedRun> placed = new ArrayList<>();
        Path fresh = file.resolveSibling(file.getFileName() + UNFINISHED);
        try (FileChannel channel = FileChannel.open(
                fresh, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            for (LogRun run : runs.values()) {
                int at = SealedRun.write(channel, Objects.requireNonNull(run.inTail()), done.rows());
                places.put(run, at);
                placed.add(new LogFooter.PlacedRun(run.prefix(), run.first(), run.last(), at));
            }
            ByteBuffer footer =
                    new LogFooter(first, last, anchor, trimmed, placed).encode(Math.toIntExact(channel.position()));
            FileBytes.append(channel, footer);
            channel.force(true);
        }
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        FileBytes.forceNames(file.resolveSibling(""));
        places.forEach(LogRun::seal);
        tail = null;
        close();
        return done;
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
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
        try {
            SealedRun sealed = SealedRun.read(channel, run.at());
            if (sealed == null) {
                throw new SealedRun.DamagedException(run.at());
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
