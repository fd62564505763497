package dev.meridian.storage.leveldb;

import dev.meridian.storage.WriteBatch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What makes a group commit durable. LevelDB's own log grows as it is written, so each of its syncs also moves the file
 * system's books; this one lies in segments that were filled with zeros beforehand and are used again, so a sync writes
 * the record alone. LevelDB then gets the group without a sync.
 *
 * <p>A record is needed until all of it is durable in the databases. Where one of them is hardly written to, that may take long: then they
 * are synced instead.
 *
 * <p>Segments have no order of their own; the group of its first record places each. What stands behind the records of a
 * segment is left over from an earlier round, and its groups don't follow. Not thread-safe.
 */
final class WriteAheadLog implements AutoCloseable {

    private static final int SEGMENT_BYTES = 4 << 20;
    private static final int ZEROS_BYTES = 1 << 20;
    private static final int SEGMENTS_MAX = 24;

    /** A segment that is full. Its records are needed until so many bytes of each database are durable. */
    private record Full(Path file, long capacity, long[] neededUntil) {

        Full free() {
            return new Full(file, capacity, new long[0]);
        }
    }

    /** A segment that is there at open. */
    private record Placed(long firstGroup, Path file) {}

    private final Path folder;
    private final Databases databases;
    private final ArrayDeque<Full> full = new ArrayDeque<>();
    private ByteBuffer buffer = ByteBuffer.allocateDirect(64 << 10);
    private @Nullable FileChannel channel;
    private Path file;
    private int segments;
    private long capacity;
    private long position;

    /** The log in this folder, which is made where it is missing. */
    WriteAheadLog(Path folder, Databases databases) {
        this.folder = folder;
        this.file = folder;
        this.databases = databases;
    }

    /** Writes a group, which is durable on return. */
    void append(long group, List<WriteBatch> batches) throws IOException {
        int size = Math.toIntExact(WalRecord.sizeBytes(batches));
        if (buffer.capacity() < size) {
            buffer = ByteBuffer.allocateDirect(Math.max(size, Math.min(2 * buffer.capacity(), SEGMENT_BYTES)));
        }
        FileChannel to = channel;
        if (to == null || position + size > capacity) {
            to = nextSegment(size);
        }
        buffer.clear();
        WalRecord.encode(buffer, group, batches);
        buffer.flip();
        while (buffer.hasRemaining()) {
            to.write(buffer, position + buffer.position());
        }
        position += size;
    }

    private FileChannel nextSegment(int size) throws IOException {
        if (channel != null) {
            channel.close();
            channel = null;
            full.add(new Full(file, capacity, databases.writtenBytes()));
        }
        Full used = takeFree(size);
        if (used != null) {
            file = used.file();
            capacity = used.capacity();
        } else {
            file = folder.resolve(String.valueOf(segments++));
            capacity = Math.max(SEGMENT_BYTES, size);
            fillWithZeros();
        }
        position = 0;
        FileChannel opened = FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.DSYNC);
        channel = opened;
        return opened;
    }

    /** The oldest full segment, if it can be used again; null where a fresh one is needed. */
    private @Nullable Full takeFree(int size) throws IOException {
        Full oldest = full.peek();
        if (oldest == null || oldest.capacity() < size) {
            return null;
        }
        if (!isFree(oldest) && full.size() >= SEGMENTS_MAX) {
            freeAll();
        }
        return isFree(full.element()) ? full.remove() : null;
    }

    private boolean isFree(Full segment) {
        long[] durable = databases.durableBytes();
        for (int database = 0; database < segment.neededUntil().length; database++) {
            if (durable[database] < segment.neededUntil()[database]) {
                return false;
            }
        }
        return true;
    }

    /** Whatever is in a full segment has been written to the databases already, so syncing them frees it. */
    private void freeAll() throws IOException {
        databases.force();
        List<Full> free = full.stream().map(Full::free).toList();
        full.clear();
        full.addAll(free);
    }

    private void fillWithZeros() throws IOException {
        Files.createDirectories(folder);
        ByteBuffer zeros = ByteBuffer.allocateDirect(ZEROS_BYTES);
        try (FileChannel fresh = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            for (long written = 0; written < capacity; ) {
                zeros.clear().limit((int) Math.min(ZEROS_BYTES, capacity - written));
                written += fresh.write(zeros);
            }
            fresh.force(true);
        }
        FileBytes.forceNames(folder);
    }

    /**
     * The records from a group on, each with the number after the one before. Empty where that group isn't here. To be
     * called before the first append.
     */
    List<WalRecord> from(long group) {
        List<WalRecord> found = new ArrayList<>();
        for (List<WalRecord> segment : segmentsFrom(group)) {
            for (WalRecord record : segment) {
                if (record.group() == group + found.size()) {
                    found.add(record);
                }
            }
        }
        return found;
    }

    /** The segments that may hold the group or a later one, in their order. */
    private List<List<WalRecord>> segmentsFrom(long group) {
        List<Placed> placed = segments(folder).stream()
                .map(segment -> new Placed(firstGroup(segment), segment))
                .sorted(Comparator.comparingLong(Placed::firstGroup))
                .toList();
        List<List<WalRecord>> segmentsFound = new ArrayList<>();
        for (int i = 0; i < placed.size(); i++) {
            if (i + 1 == placed.size() || placed.get(i + 1).firstGroup() > group) {
                segmentsFound.add(records(placed.get(i).file()));
            }
        }
        return segmentsFound;
    }

    /** What the header of the first record claims. */
    private static long firstGroup(Path segment) {
        try (FileChannel opened = FileChannel.open(segment, StandardOpenOption.READ)) {
            ByteBuffer header = ByteBuffer.allocate(WalRecord.HEADER_BYTES);
            return opened.read(header, 0) < WalRecord.HEADER_BYTES ? 0 : header.getLong(2 * Integer.BYTES);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static List<WalRecord> records(Path segment) {
        try {
            ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(segment));
            List<WalRecord> records = new ArrayList<>();
            for (WalRecord next = WalRecord.decode(bytes); next != null; next = WalRecord.decode(bytes)) {
                if (!records.isEmpty()
                        && next.group() != records.get(records.size() - 1).group() + 1) {
                    break;
                }
                records.add(next);
            }
            return records;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    static List<Path> segments(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** All that is here is durable in the databases by now: its segments can be used again. */
    void reuse() {
        for (Path segment : segments(folder)) {
            try {
                segments = Math.max(
                        segments, Integer.parseInt(segment.getFileName().toString()) + 1);
                full.add(new Full(segment, Files.size(segment), new long[0]));
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }
    }

    /** What is here doesn't fit what LevelDB holds, and never will. */
    void discard() {
        try {
            for (Path segment : segments(folder)) {
                Files.delete(segment);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public void close() {
        try {
            if (channel != null) {
                channel.close();
                channel = null;
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
