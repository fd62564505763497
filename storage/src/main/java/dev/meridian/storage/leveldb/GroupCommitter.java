package dev.meridian.storage.leveldb;

import dev.meridian.storage.StoreException;
import dev.meridian.storage.WriteBatch;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one writer of a store. It takes every batch that waits, up to a size, writes them to the write-ahead log as one
 * record, then to LevelDB as one batch, and completes them in order; whatever arrives meanwhile waits for the next
 * round. So the more writers, the fewer syncs each.
 *
 * <p>When a group is refused for want of space, everything queued is refused with it, and so is at once whatever is
 * handed over until all of their committers have been told: nobody's later batch becomes durable without their earlier
 * one, and whoever tries again and again doesn't keep the writer from looking at the disk anew. When the sync itself
 * fails the outcome is unknown, and nothing is written any more.
 */
final class GroupCommitter {

    private static final Logger LOG = LoggerFactory.getLogger(GroupCommitter.class);
    private static final long GROUP_BYTES_MAX = 4L << 20;
    private static final int GROUP_BATCHES_MAX = 4_096;

    private record Waiting(WriteBatch batch, CompletableFuture<Void> done) {}

    /** Tells the writer to leave. */
    private static final Waiting LEAVE = new Waiting(new WriteBatch(), new CompletableFuture<>());

    private final Databases databases;
    private final WriteAheadLog log;
    private final Head head;
    private final StoreSettings settings;
    private final LinkedBlockingQueue<Waiting> queue = new LinkedBlockingQueue<>();
    private final Thread writer;
    private final Object admission = new Object();
    private final long groupAtStart;
    private ChainRow tip;
    private boolean closed;
    private volatile boolean abandoned;
    private @Nullable StoreException poison;

    /** Why batches are refused at once, while those before them are told; under {@link #admission}. */
    private @Nullable StoreException refusal;

    GroupCommitter(Databases databases, WriteAheadLog log, Head head, ChainRow tip, StoreSettings settings) {
        this.databases = databases;
        this.log = log;
        this.head = head;
        this.tip = tip;
        this.groupAtStart = tip.group();
        this.settings = settings;
        this.writer = new Thread(this::run, "group-commit-" + settings.owner());
        this.writer.setDaemon(true);
    }

    /** The last group that was there when the store was opened. */
    long groupAtStart() {
        return groupAtStart;
    }

    void start() {
        writer.start();
    }

    CompletionStage<Void> submit(WriteBatch batch) {
        synchronized (admission) {
            if (closed) {
                return CompletableFuture.failedFuture(
                        new StoreException(StoreException.Kind.CLOSED, "the store is closed"));
            }
            if (refusal != null) {
                return CompletableFuture.failedFuture(refusal);
            }
            CompletableFuture<Void> done = new CompletableFuture<>();
            queue.add(new Waiting(batch, done));
            return done;
        }
    }

    /** Stops after the group under way; what is queued is dropped. */
    void abandon() {
        abandoned = true;
        finish();
    }

    /** Writes what is queued, then stops. */
    void finish() {
        synchronized (admission) {
            if (!closed) {
                closed = true;
                queue.add(LEAVE);
            }
        }
        boolean interrupted = false;
        while (writer.isAlive() && Thread.currentThread() != writer) {
            try {
                writer.join();
            } catch (InterruptedException again) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        List<Waiting> group = new ArrayList<>();
        try {
            while (!abandoned) {
                boolean leaving = gather(group);
                if (!abandoned) {
                    commit(group);
                }
                group.clear();
                if (leaving) {
                    return;
                }
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits for a batch and takes what else is there. Returns whether this is the end. */
    private boolean gather(List<Waiting> group) throws InterruptedException {
        long bytes = 0;
        for (Waiting next = queue.take(); next != null; next = next(group, bytes)) {
            if (next == LEAVE) {
                return true;
            }
            group.add(next);
            bytes += next.batch().sizeBytes();
        }
        return false;
    }

    private @Nullable Waiting next(List<Waiting> group, long bytes) {
        return bytes >= GROUP_BYTES_MAX || group.size() >= GROUP_BATCHES_MAX ? null : queue.poll();
    }

    private void commit(List<Waiting> group) {
        if (group.isEmpty()) {
            return;
        }
        if (poison != null) {
            fail(group, poison);
        } else if (settings.freeBytes().getAsLong() < settings.reservedBytes()) {
            refuseAllQueued(group);
        } else {
            write(group);
        }
    }

    private void write(List<Waiting> group) {
        List<WriteBatch> batches = new ArrayList<>(group.size());
        for (Waiting waiting : group) {
            if (!waiting.batch().isEmpty()) {
                batches.add(waiting.batch());
            }
        }
        if (!batches.isEmpty()) {
            ChainRow link = tip.next(batches);
            try {
                write(batches, link);
            } catch (RuntimeException | IOException failure) {
                poison = new StoreException(
                        StoreException.Kind.UNKNOWN_OUTCOME, "a synced write failed: " + failure.getMessage(), failure);
                LOG.error("{}: {}", settings.owner(), poison.getMessage());
                fail(group, poison);
                return;
            }
            tip = link;
            head.write(link.group());
        }
        for (Waiting waiting : group) {
            complete(waiting, null);
        }
    }

    private void write(List<WriteBatch> batches, ChainRow link) throws IOException {
        WriteBatch chain = new WriteBatch().put(link.key(), link.value());
        if (link.group() > Chain.KEPT_LINKS) {
            chain.delete(ChainRow.key(link.group() - Chain.KEPT_LINKS));
        }
        batches.add(chain);
        log.append(link.group(), batches);
        databases.write(batches);
    }

    private void refuseAllQueued(List<Waiting> first) {
        StoreException noSpace = new StoreException(
                StoreException.Kind.NO_SPACE,
                "less than " + settings.reservedBytes() + " bytes are left on the disk of " + settings.directory());
        refuseAtOnce(noSpace);
        fail(first, noSpace);
        for (Waiting next = queue.peek(); next != null && next != LEAVE; next = queue.peek()) {
            complete(queue.remove(), noSpace);
        }
        refuseAtOnce(null);
    }

    private void refuseAtOnce(@Nullable StoreException cause) {
        synchronized (admission) {
            refusal = cause;
        }
    }

    private static void fail(List<Waiting> group, StoreException failure) {
        for (Waiting waiting : group) {
            complete(waiting, failure);
        }
    }

    private static void complete(Waiting waiting, @Nullable StoreException failure) {
        try {
            if (failure == null) {
                waiting.done().complete(null);
            } else {
                waiting.done().completeExceptionally(failure);
            }
        } catch (RuntimeException broken) {
            LOG.error("a committer's callback failed", broken);
        }
    }
}
