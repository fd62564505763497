package dev.meridian.storage.memory;

import dev.meridian.storage.Direction;
import dev.meridian.storage.KeyRange;
import dev.meridian.storage.OrderedReader;
import dev.meridian.storage.OrderedStore;
import dev.meridian.storage.RowVisitor;
import dev.meridian.storage.Snapshot;
import dev.meridian.storage.StoreException;
import dev.meridian.storage.WriteBatch;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An ordered store in memory. Either a batch is durable at once ({@link #immediate}), or whoever holds the store says when
 * the disk has caught up ({@link #stepped}): {@link #sync} makes queued batches durable one after another, {@link #crash}
 * forgets those that are not.
 *
 * <p>A reader sees a batch row by row in immediate mode while it is being written; batches of one caller are whole to that
 * caller.
 */
public final class MemoryStore implements OrderedStore {

    private record Queued(WriteBatch batch, CompletableFuture<Void> done) {}

    private final NavigableMap<byte[], byte[]> rows;
    private final ArrayDeque<Queued> queue = new ArrayDeque<>();
    private final boolean stepped;
    private final LogBound logs;
    private boolean closed;
    private StoreException.@Nullable Kind failing;

    private MemoryStore(boolean stepped, NavigableMap<byte[], byte[]> rows, LogBound logs) {
        this.stepped = stepped;
        this.rows = rows;
        this.logs = logs;
    }

    /** A store whose batches are durable when {@code commit} returns. */
    public static MemoryStore immediate() {
        return new MemoryStore(false, new ConcurrentSkipListMap<>(Arrays::compareUnsigned), LogBound.none());
    }

    /**
     * As {@link #immediate}, and of the rows of logs the oldest go when they take more than so many bytes; the last row of every stream
     * of a log stays.
     *
     * @param logKinds the first bytes of their keys, which end with the row's number in its stream
     */
    public static MemoryStore boundingLogs(Set<Byte> logKinds, long maxBytes) {
        return new MemoryStore(
                false, new ConcurrentSkipListMap<>(Arrays::compareUnsigned), new LogBound(logKinds, maxBytes));
    }

    /** A store whose batches wait for {@link #sync}. */
    public static MemoryStore stepped() {
        return new MemoryStore(true, new ConcurrentSkipListMap<>(Arrays::compareUnsigned), LogBound.none());
    }

    /** As {@link #stepped}, for a single thread, and faster for it. */
    public static MemoryStore steppedByOneThread() {
        return new MemoryStore(true, new TreeMap<>(Arrays::compareUnsigned), LogBound.none());
    }

    @Override
    public byte @Nullable [] get(byte[] key) {
        byte[] value = rows.get(key);
        return value == null ? null : value.clone();
    }

    @Override
    public void scan(KeyRange range, Direction direction, RowVisitor visitor) {
        scan(rows, range, direction, visitor);
    }

    private static void scan(
            NavigableMap<byte[], byte[]> rows, KeyRange range, Direction direction, RowVisitor visitor) {
        byte[] to = range.to();
        if (to != null && Arrays.compareUnsigned(range.from(), to) >= 0) {
            return;
        }
        NavigableMap<byte[], byte[]> part =
                to == null ? rows.tailMap(range.from(), true) : rows.subMap(range.from(), true, to, false);
        for (Map.Entry<byte[], byte[]> row :
                (direction == Direction.ASCENDING ? part : part.descendingMap()).entrySet()) {
            if (!visitor.visit(row.getKey().clone(), row.getValue().clone())) {
                return;
            }
        }
    }

    /** Copies every row. */
    @Override
    public Snapshot snapshot() {
        NavigableMap<byte[], byte[]> copy = new ConcurrentSkipListMap<>(Arrays::compareUnsigned);
        synchronized (this) {
            copy.putAll(rows);
        }
        return new Snapshot() {
            @Override
            public byte @Nullable [] get(byte[] key) {
                return copy.get(key);
            }

            @Override
            public void scan(KeyRange range, Direction direction, RowVisitor visitor) {
                MemoryStore.scan(copy, range, direction, visitor);
            }

            @Override
            public void close() {
                copy.clear();
            }
        };
    }

    /** Batches wait meanwhile, so nothing needs to be copied. */
    @Override
    public synchronized <T> T atOneInstant(Function<OrderedReader, T> reading) {
        return reading.apply(this);
    }

    @Override
    public synchronized CompletionStage<Void> commit(WriteBatch batch) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        if (closed) {
            done.completeExceptionally(new StoreException(StoreException.Kind.CLOSED, "the store is closed"));
        } else if (failing != null) {
            done.completeExceptionally(new StoreException(failing, "told to fail"));
        } else if (stepped) {
            queue.add(new Queued(batch, done));
        } else {
            write(batch);
            done.complete(null);
        }
        return done;
    }

    /** How many batches wait to become durable. */
    public synchronized int queued() {
        return queue.size();
    }

    /** Makes up to {@code batches} queued batches durable, in order, telling each committer before the next. */
    public void sync(int batches) {
        for (int i = 0; i < batches; i++) {
            Queued next;
            synchronized (this) {
                next = queue.poll();
                if (next == null) {
                    return;
                }
                write(next.batch());
            }
            next.done().complete(null);
        }
    }

    /**
     * The power goes. Of the queued batches the first {@code survivors} had reached the disk though nobody was told; the
     * rest is lost. The rows live on in the store that is returned; this one answers nothing more, and its committers are
     * never told.
     */
    public synchronized MemoryStore crash(int survivors) {
        for (int i = 0; i < survivors && !queue.isEmpty(); i++) {
            write(queue.remove().batch());
        }
        queue.clear();
        MemoryStore reopened = new MemoryStore(
                stepped,
                rows instanceof TreeMap
                        ? new TreeMap<>(Arrays::compareUnsigned)
                        : new ConcurrentSkipListMap<>(Arrays::compareUnsigned),
                logs);
        reopened.rows.putAll(rows);
        closed = true;
        return reopened;
    }

    /** From now on every commit fails like this; null: no longer. */
    public synchronized void failWith(StoreException.@Nullable Kind kind) {
        failing = kind;
    }

    private void write(WriteBatch batch) {
        for (WriteBatch.Operation operation : batch.operations()) {
            byte[] key = operation.key();
            byte[] value = operation.value();
            byte[] before = value == null ? rows.remove(key) : rows.put(key, value);
            if (value == null) {
                logs.removed(key, before);
            } else {
                logs.written(key, value, before);
            }
        }
        logs.enforce(rows);
    }

    @Override
    public synchronized void abandon() {
        queue.clear();
        closed = true;
    }

    @Override
    public void close() {
        sync(Integer.MAX_VALUE);
        synchronized (this) {
            closed = true;
        }
    }
}
