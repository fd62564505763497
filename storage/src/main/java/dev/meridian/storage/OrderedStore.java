package dev.meridian.storage;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * An ordered store of rows with atomic durable batches. Thread-safe.
 *
 * <p>Reads see every batch whose commit has completed, and may already see one that is about to complete; they never see
 * part of a batch.
 */
public interface OrderedStore extends OrderedReader, AutoCloseable {

    /** The rows as they are now, unchanged by later commits. */
    Snapshot snapshot();

    /** Reads everything as it is at one instant. */
    default <T> T atOneInstant(Function<OrderedReader, T> reading) {
        try (Snapshot snapshot = snapshot()) {
            return reading.apply(snapshot);
        }
    }

    /**
     * Writes a batch: all of it or nothing. Returns at once; the stage completes, on a thread of the store's, when the
     * batch is durable, or has failed on return. Batches become durable in the order of the calls, so when one is durable
     * all earlier ones are.
     *
     * <p>Fails with {@link StoreException}; its kind says whether anything may have been written. After {@link
     * StoreException.Kind#UNKNOWN_OUTCOME} every later commit fails the same way.
     */
    CompletionStage<Void> commit(WriteBatch batch);

    /** What acknowledged rows the store was found to lack when it was opened; empty where it is whole. */
    default Optional<String> damage() {
        return Optional.empty();
    }

    /** What was missing has been put back: from the completion of this commit on the store counts as whole. */
    default CompletionStage<Void> repaired() {
        return CompletableFuture.completedFuture(null);
    }

    /** Stops like a killed process: what is queued is neither written nor answered; the files are released. Idempotent. */
    void abandon();

    /** Completes or fails what was handed over, waits for readers to leave, and releases the files. Idempotent. */
    @Override
    void close();
}
