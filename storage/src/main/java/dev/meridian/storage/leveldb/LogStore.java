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
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Rows that are only added, each stream of them in the order of its numbers, and deleted from its beginning: kept in the order of their
 * commits, in segments. A database that sorts all of them writes each several times.
 *
 * <p>A stream is what keys have in common but for the 8-byte number at their end; none is the beginning of another. Deleting a row deletes
 * those before it in its stream. A segment goes when all its rows are deleted. Until a segment is sealed, what it has is durable by the
 * write-ahead log.
 *
 * <p>Reads are thread-safe; there is one writer.
 */
final class LogStore implements OrderedReader, AutoCloseable {

    static final int SEGMENT_BYTES = 4 << 20;

    /** So many segments are looked at when rows are deleted, in turn, for what is left in them. */
    private static final int LOOKED_AT = 8;

    private final int segmentBytes;
    private final LogStreams streams = new LogStreams();
    private final LogSegments segments;
    private final NavigableSet<Integer> emptied = new TreeSet<>();
    private final AtomicInteger openViews = new AtomicInteger();
    private final LogSealer sealer;
    private @Nullable LogSegment active;
    private long writtenBytes;
    private int lookedAt = -1;
    private volatile Visible now = Visible.NOTHING;

    /** The logs in this folder, which is made where it is missing. */
    LogStore(Path folder, String owner, int segmentBytes) {
        this.segmentBytes = segmentBytes;
        this.sealer = new LogSealer(owner);
        NavigableMap<byte[], Long> trimmed = Visible.map();
        try {
            this.segments = LogSegments.open(folder, trimmed);
        } catch (IOException failure) {
            sealer.close();
            throw new UncheckedIOException(failure);
        }
        for (LogSegment segment : segments.all()) {
            segment.runs().values().forEach(streams::add);
            if (segment.isSealed()) {
                sealer.found(segment);
            }
        }
        trimmed.keySet().removeIf(stream -> streams.firstRun(stream) == null);
        now = new Visible(Visible.place(segments.nextNumber(), 0), trimmed);
        trimmed.keySet().forEach(this::hideTrimmed);
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
        if (link.group() > segments.lastGroup()) {
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
        NavigableMap<byte[], Long> deleted = Visible.map();
        for (WriteBatch.Operation operation : operations) {
            LogRun fresh = segments.take(segment, operation.key(), operation.value(), offset, deleted);
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
        LogSegment next = segments.next(sealer.tail());
        active = next;
        return next;
    }

    private void sealActive() {
        LogSegment full = active;
        active = null;
        if (full != null) {
            sealer.seal(full, segments.anchor(), now.trimmed(), writtenBytes);
        }
    }

    /** Up to where streams are deleted, with what is deleted now. */
    private NavigableMap<byte[], Long> trimmed(NavigableMap<byte[], Long> deleted) {
        if (deleted.isEmpty()) {
            return now.trimmed();
        }
        NavigableMap<byte[], Long> trimmed = Visible.map();
        trimmed.putAll(now.trimmed());
        deleted.forEach((stream, number) -> trimmed.merge(stream, number, Math::max));
        return trimmed;
    }

    /** Segments all of whose rows are deleted go, but for what views may read. */
    private void trim(NavigableMap<byte[], Long> deleted) {
        if (deleted.isEmpty() || openViews.get() > 0) {
            return;
        }
        deleted.keySet().forEach(this::hideTrimmed);
        // What the last sealed segment says of streams holds for those before it, so it stays.
        List<Integer> over = List.copyOf(emptied.headSet(sealer.lastSealed(), false));
        if (!over.isEmpty()) {
            delete(over);
        }
        tidy();
    }

    /** Segments of which nothing is left go next time; those that stay for the last rows of streams that rest keep those alone. */
    private void tidy() {
        for (int i = 0; i < LOOKED_AT; i++) {
            LogSegment next = segments.after(lookedAt);
            if (next == null) {
                return;
            }
            lookedAt = next.number();
            if (!next.isSealed() || next.number() >= sealer.lastSealed()) {
                continue;
            }
            if (next.isOver(now)) {
                emptied.add(next.number());
            } else if (next.mayShrink(now)) {
                sealer.shrink(next, now);
            }
        }
    }

    private void hideTrimmed(byte[] prefix) {
        for (LogRun run = streams.firstRun(prefix);
                run != null && run.segment() != active && run.last() <= now.trimmed(prefix);
                run = streams.firstRun(prefix)) {
            streams.hide(run);
            if (run.segment().isOver(now)) {
                emptied.add(run.segment().number());
            }
        }
    }

    private void delete(List<Integer> numbers) {
        NavigableMap<byte[], Long> left = Visible.map();
        left.putAll(now.trimmed());
        for (int number : numbers) {
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
        return segments.chain(acknowledgedGroup);
    }

    /** Segments behind the first hole go; their groups are to be written once more. To be called before the first write. */
    void closeHole() throws IOException {
        segments.closeHole(segment -> {
            segment.runs().values().forEach(streams::remove);
            emptied.remove(segment.number());
        });
        sealer.forgetFrom(segments.nextNumber());
        now = new Visible(Visible.place(segments.nextNumber(), 0), now.trimmed());
    }

    /** All that has been written is in sealed segments afterwards. */
    void sealAll() throws IOException {
        sealActive();
        sealer.await();
        for (LogSegment segment : segments.all()) {
            if (!segment.isSealed()) {
                sealer.seal(segment, segments.anchor(), now.trimmed(), writtenBytes);
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
