package dev.meridian.replication.log;

import dev.meridian.storage.Direction;
import dev.meridian.storage.KeyRange;
import dev.meridian.storage.OrderedStore;
import dev.meridian.storage.WriteBatch;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/** Removes what a table that is gone has left in the store, some rows at a time. */
public final class DroppedRows {

    private static final int ROWS_MAX = 5_000;

    private final OrderedStore store;
    private final Executor reading;

    public DroppedRows(OrderedStore store, Executor reading) {
        this.store = store;
        this.reading = reading;
    }

    /** Removes all rows of the table with that number but those of its streams and the changes they show. */
    public CompletionStage<Void> removeAllButStreams(int number) {
        return remove(List.of(
                RowKeys.allRowsPrefix(number),
                RowKeys.allCheckpointsPrefix(number),
                RowKeys.allTombstonesPrefix(number),
                RowKeys.allStablePrefix(number),
                RowKeys.copy(number),
                RowKeys.allLaterIndexPrefix(number)));
    }

    /** Removes the rows of its streams, and the changes. */
    public CompletionStage<Void> removeStreams(int number) {
        return remove(List.of(RowKeys.allChangesPrefix(number), RowKeys.allStreamsPrefix(number)));
    }

    private CompletionStage<Void> remove(List<byte[]> prefixes) {
        WriteBatch batch = new WriteBatch();
        for (byte[] prefix : prefixes) {
            store.scan(KeyRange.prefix(prefix), Direction.ASCENDING, (key, value) -> {
                batch.delete(key);
                return batch.operations().size() < ROWS_MAX;
            });
        }
        if (batch.isEmpty()) {
            return CompletableFuture.completedFuture(null);
        }
        return store.commit(batch).thenComposeAsync(done -> remove(prefixes), reading);
    }
}
