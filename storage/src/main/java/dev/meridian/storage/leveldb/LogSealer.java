package dev.meridian.storage.leveldb;

import dev.meridian.storage.leveldb.LogStreams.Visible;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Seals segments, one after another, makes them smaller and deletes them, beside the thread that writes. Used by that thread alone. */
final class LogSealer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LogSealer.class);
    private static final int FREE_TAILS_MAX = 2;

    private final String owner;
    private final ExecutorService thread;
    private final List<CompletableFuture<Void>> underWay = new ArrayList<>();
    private final ArrayBlockingQueue<LogTail> freeTails = new ArrayBlockingQueue<>(FREE_TAILS_MAX);
    private volatile long sealedBytes;
    private volatile int lastSealed = -1;

    LogSealer(String owner) {
        this.owner = owner;
        this.thread = Executors.newSingleThreadExecutor(task -> {
            Thread sealing = new Thread(task, "log-seal-" + owner);
            sealing.setDaemon(true);
            return sealing;
        });
    }

    /** A tail for a new segment. */
    LogTail tail() {
        LogTail free = freeTails.poll();
        return free == null ? new LogTail() : free;
    }

    /** Seals a segment that is not written to any more; {@code writtenBytes} have been by then. */
    void seal(LogSegment segment, long anchor, NavigableMap<byte[], Long> trimmed, long writtenBytes) {
        underWay.removeIf(sealing -> sealing.isDone() && !sealing.isCompletedExceptionally());
        underWay.add(CompletableFuture.runAsync(
                () -> {
                    LogTail tail = sealed(segment, anchor, trimmed);
                    sealedBytes = writtenBytes;
                    found(segment);
                    if (!tail.isRead()) {
                        tail.clear();
                        freeTails.offer(tail);
                    }
                },
                thread));
    }

    private LogTail sealed(LogSegment segment, long anchor, NavigableMap<byte[], Long> trimmed) {
        try {
            return segment.seal(anchor, trimmed);
        } catch (IOException failure) {
            LOG.error("{}: a segment of the logs could not be sealed: {}", owner, failure.toString());
            throw new UncheckedIOException(failure);
        }
    }

    /** Writes a sealed segment anew without the rows that are trimmed. */
    void shrink(LogSegment segment, Visible visible) {
        thread.execute(() -> {
            try {
                segment.shrink(visible);
            } catch (IOException failure) {
                LOG.warn("{}: a segment of the logs could not be made smaller: {}", owner, failure.toString());
            }
        });
    }

    /** A segment is sealed. */
    void found(LogSegment segment) {
        lastSealed = Math.max(lastSealed, segment.number());
    }

    /** Deletes a segment that nobody finds any more. */
    void delete(LogSegment segment) {
        thread.execute(() -> {
            try {
                segment.delete();
            } catch (IOException failure) {
                LOG.warn("{}: a segment of the logs could not be deleted: {}", owner, failure.toString());
            }
        });
    }

    /** Waits for what is under way. Fails if a segment could not be sealed. */
    void await() throws IOException {
        try {
            underWay.forEach(CompletableFuture::join);
            underWay.clear();
        } catch (CompletionException failure) {
            throw new IOException("a segment of the logs could not be sealed: " + failure.getCause(), failure);
        }
    }

    /** Segments from that number on are gone. */
    void forgetFrom(int number) {
        lastSealed = Math.min(lastSealed, number - 1);
    }

    /** How many bytes had been written when the last segment to be sealed was full. */
    long sealedBytes() {
        return sealedBytes;
    }

    /** The number of the last segment that is sealed; -1 where none has been. */
    int lastSealed() {
        return lastSealed;
    }

    /** Seals what is under way and stops. */
    @Override
    public void close() {
        thread.shutdown();
        boolean isOver = false;
        boolean interrupted = false;
        while (!isOver) {
            try {
                isOver = thread.awaitTermination(1, TimeUnit.MINUTES);
            } catch (InterruptedException again) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
