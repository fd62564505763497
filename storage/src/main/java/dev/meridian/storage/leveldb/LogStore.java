package dev.meridian.storage.leveldb;

import dev.meridian.storage.Direction;
import dev.meridian.storage.KeyRange;
import dev.meridian.storage.OrderedReader;
import dev.meridian.storage.RowVisitor;
import dev.meridian.storage.WriteBatch;
import dev.meridian.storage.leveldb.LogStreams.Visible;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Rows that are only added, each stream of them in the order of its numbers, and deleted from its beginning: kept in the order of their
 * commits, in segments that are written once. A database that sorts them writes each several times.
 *
 * <p>A stream is what keys have in common but for the 8-byte number at their end; none is the beginning of another. Deleting a row deletes
 * those before it in its stream. A segment goes when all its rows are deleted. Until a segment is sealed, what it has is durable by the
 * write-ahead log.
 *
 * <p>Reads are thread-safe; there is one writer.
 */
final class LogStore implements OrderedReader, AutoCloseable {

    static final int SEGMENT_BYTES = 4 << 20;

    private final Path folder;
    private final int segmentBytes;
    private final LogStreams streams = new LogStreams();
    private final NavigableMap<Integer, LogSegment> segments = new TreeMap<>();
    private final NavigableMap<Integer, LogSegment> lost = new TreeMap<>();
    private final NavigableSet<Integer> emptied = new TreeSet<>();
    private final AtomicInteger openViews = new AtomicInteger();
    private final LogSealer sealer;
    private @Nullable LogSegment active;
    private long anchor;
    private long lastGroup;
    private long writtenBytes;
    private volatile Visible now = Visible.NOTHING;

    /** The logs in this folder, which is made where it is missing. */
    LogStore(Path folder, String owner, int segmentBytes) {
        this.folder = folder;
        this.segmentBytes = segmentBytes;
        this.sealer = new LogSealer(owner);
        try {
            Files.createDirectories(folder);
            load();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private void load() throws IOException {
        LogSegment.deleteUnfinished(folder);
        List<Integer> numbers = numbers();
        for (int number : numbers) {
            LogSegment segment = LogSegment.open(folder, number, this::take, this::take);
            if (segment.last().group() == 0 && number == numbers.get(numbers.size() - 1)) {
                segment.delete();
            } else if (segment.last().group() == 0) {
                lost.put(number, segment);
            } else {
                segments.put(number, segment);
                if (segment.isSealed()) {
                    sealer.found(segment);
                }
                segment.runs().values().forEach(streams::add);
            }
        }
        NavigableMap<byte[], Long> trimmed = Visible.map();
        now.trimmed().forEach((stream, number) -> {
            if (streams.firstRun(stream) != null) {
                trimmed.put(stream, number);
            }
        });
        lastGroup =
                segments.isEmpty() ? 0 : segments.lastEntry().getValue().last().group();
        now = new Visible(Visible.place(nextNumber(), 0), trimmed);
        trimmed.keySet().forEach(this::hideTrimmed);
    }

    private List<Integer> numbers() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(LogSegment::isName)
                    .map(Integer::parseInt)
                    .sorted()
                    .toList();
        }
    }

    private int nextNumber() {
        return segments.isEmpty() ? 0 : segments.lastKey() + 1;
    }

    private void take(LogFooter footer) {
        anchor = Math.max(anchor, footer.anchor());
        NavigableMap<byte[], Long> trimmed = Visible.map();
        trimmed.putAll(now.trimmed());
        trimmed.putAll(footer.trimmed());
        now = new Visible(0, trimmed);
    }

    private void take(LogSegment segment, LogRow row, int offset) {
        List<byte[]> deleted = new ArrayList<>();
        take(segment, row.key(), row.value(), offset, deleted);
        now = new Visible(0, trimmed(deleted));
    }

    /** Returns the run that begins with the row, if one does. */
    private @Nullable LogRun take(
            LogSegment segment, byte[] key, byte @Nullable [] value, int offset, List<byte[]> deleted) {
        if (value == null) {
            deleted.add(key);
            return null;
        }
        if (key[0] == Chain.ANCHOR[0]) {
            anchor = Math.max(anchor, ByteBuffer.wrap(value).getLong());
            return null;
        }
        return key[0] == ChainRow.KIND ? null : segment.add(LogStream.prefixOf(key), LogStream.numberOf(key), offset);
    }

    /** Adds what a group has for the logs, and its link; nothing where it is here already. */
    void write(List<WriteBatch> batches, Split split) throws IOException {
        List<WriteBatch.Operation> kept = new ArrayList<>();
        ChainRow link = ChainRow.GENESIS;
        int size = 0;
        for (WriteBatch batch : batches) {
            for (WriteBatch.Operation operation : batch.operations()) {
                byte[] value = operation.value();
                if (isKept(operation, split)) {
                    kept.add(operation);
                    size += LogRow.sizeBytes(operation.key(), value);
                }
                if (operation.key()[0] == ChainRow.KIND && value != null) {
                    link = ChainRow.decode(operation.key(), value);
                }
            }
        }
        if (link.group() > lastGroup) {
            lastGroup = link.group();
            write(kept, size, link);
        }
    }

    /** Links of the chain that are let go of are let go of with their segment. */
    private static boolean isKept(WriteBatch.Operation operation, Split split) {
        return Split.isEverywhere(operation.key())
                ? operation.value() != null
                : split.databaseOf(operation.key()) == Split.LOGS;
    }

    private void write(List<WriteBatch.Operation> operations, int size, ChainRow link) throws IOException {
        LogSegment segment = active;
        if (segment == null || segment.end() + size > segmentBytes) {
            segment = nextSegment();
        }
        int offset = segment.end();
        ByteBuffer rows = segment.room(size);
        operations.forEach(operation -> LogRow.encode(rows, operation.key(), operation.value()));
        segment.write(rows.limit(rows.position()).position(offset), link);
        writtenBytes += size;
        List<byte[]> deleted = new ArrayList<>();
        for (WriteBatch.Operation operation : operations) {
            LogRun fresh = take(segment, operation.key(), operation.value(), offset, deleted);
            if (fresh != null) {
                streams.add(fresh);
            }
            offset += LogRow.sizeBytes(operation.key(), operation.value());
        }
        now = new Visible(Visible.place(segment.number(), segment.end()), trimmed(deleted));
        trim(deleted);
    }

    private LogSegment nextSegment() throws IOException {
        sealActive();
        LogSegment next = LogSegment.create(folder, nextNumber(), sealer.tail());
        segments.put(next.number(), next);
        active = next;
        return next;
    }

    private void sealActive() {
        LogSegment full = active;
        active = null;
        if (full != null) {
            sealer.seal(full, anchor, now.trimmed(), writtenBytes);
        }
    }

    /** Up to where streams are deleted, with these keys deleted too. */
    private NavigableMap<byte[], Long> trimmed(List<byte[]> keys) {
        if (keys.isEmpty()) {
            return now.trimmed();
        }
        NavigableMap<byte[], Long> trimmed = Visible.map();
        trimmed.putAll(now.trimmed());
        for (byte[] key : keys) {
            trimmed.merge(LogStream.prefixOf(key), LogStream.numberOf(key), Math::max);
        }
        return trimmed;
    }

    /** Segments all of whose rows are deleted go, but for what views may read. */
    private void trim(List<byte[]> deleted) {
        if (deleted.isEmpty() || openViews.get() > 0) {
            return;
        }
        deleted.forEach(key -> hideTrimmed(LogStream.prefixOf(key)));
        deleteEmptied();
    }

    private void hideTrimmed(byte[] prefix) {
        for (LogRun run = streams.firstRun(prefix);
                run != null && run.segment() != active && run.last() <= now.trimmed(prefix);
                run = streams.firstRun(prefix)) {
            streams.hide(run);
            if (run.segment().emptied(run)) {
                emptied.add(run.segment().number());
            }
        }
    }

    /** What the last sealed segment says of streams holds for those before it, so it stays. */
    private void deleteEmptied() {
        NavigableMap<byte[], Long> left = Visible.map();
        left.putAll(now.trimmed());
        for (int number : List.copyOf(emptied.headSet(sealer.lastSealed(), false))) {
            emptied.remove(number);
            LogSegment segment = segments.remove(number);
            if (segment != null) {
                for (LogRun run : segment.runs().values()) {
                    if (streams.remove(run)) {
                        left.remove(run.prefix());
                    }
                }
                sealer.delete(segment);
            }
        }
        now = new Visible(now.end(), left);
    }

    /** What the links tell, compared with what had been acknowledged. */
    Chain chain(long acknowledgedGroup) {
        List<String> findings = new ArrayList<>();
        long hole = 0;
        LogSegment before = null;
        for (LogSegment segment : segments.values()) {
            if (!follows(segment, before)) {
                ChainRow end = before == null ? ChainRow.GENESIS : before.last();
                findings.add(Chain.gap(end, segment.first()));
                hole = hole == 0 ? end.group() + 1 : hole;
            }
            before = segment;
        }
        ChainRow end = before == null ? ChainRow.GENESIS : before.last();
        return Chain.of(end, hole, findings, acknowledgedGroup);
    }

    /** Segments between two may have gone, with all their rows. */
    private boolean follows(LogSegment segment, @Nullable LogSegment before) {
        ChainRow first = segment.first();
        int next = before == null ? 0 : before.number() + 1;
        boolean mayHaveGone =
                next < segment.number() && lost.subMap(next, segment.number()).isEmpty();
        return mayHaveGone
                || first.follows(before == null ? ChainRow.GENESIS : before.last())
                || first.group() <= anchor;
    }

    /** Segments behind the first hole go; their groups are to be written once more. To be called before the first write. */
    void closeHole() throws IOException {
        LogSegment before = null;
        boolean isPast = false;
        for (LogSegment segment : List.copyOf(segments.values())) {
            isPast |= !follows(segment, before);
            if (isPast) {
                segments.remove(segment.number());
                segment.runs().values().forEach(streams::remove);
                segment.delete();
            } else {
                before = segment;
            }
        }
        for (LogSegment segment : lost.values()) {
            segment.delete();
        }
        lost.clear();
        lastGroup = before == null ? 0 : before.last().group();
    }

    /** All that has been written is in sealed segments afterwards. */
    void sealAll() throws IOException {
        sealActive();
        sealer.await();
        for (LogSegment segment : segments.values()) {
            if (!segment.isSealed()) {
                sealer.seal(segment, anchor, now.trimmed(), writtenBytes);
            }
        }
        sealer.await();
    }

    /** Makes durable what has been written. */
    void force() throws IOException {
        sealer.await();
        if (active != null) {
            active.force();
        }
    }

    @Override
    public byte @Nullable [] get(byte[] key) {
        return streams.get(now, key);
    }

    @Override
    public void scan(KeyRange range, Direction direction, RowVisitor visitor) {
        streams.scan(now, range, direction, visitor);
    }

    /** The rows as they are now. */
    View view() {
        openViews.incrementAndGet();
        return new View(now);
    }

    /** The rows at one instant. While one is open, no segment is deleted. */
    final class View implements OrderedReader, AutoCloseable {

        private final Visible visible;

        private View(Visible visible) {
            this.visible = visible;
        }

        @Override
        public byte @Nullable [] get(byte[] key) {
            return streams.get(visible, key);
        }

        @Override
        public void scan(KeyRange range, Direction direction, RowVisitor visitor) {
            streams.scan(visible, range, direction, visitor);
        }

        @Override
        public void close() {
            openViews.decrementAndGet();
        }
    }

    /** The bytes that have been written since the logs were opened. */
    long writtenBytes() {
        return writtenBytes;
    }

    /** How many of them lie in sealed segments. */
    long durableBytes() {
        return sealer.sealedBytes();
    }

    @Override
    public void close() {
        sealer.close();
        if (active != null) {
            active.close();
        }
    }
}
