package dev.meridian.node.replication;

import dev.meridian.conflict.HybridTimestamp;
import dev.meridian.node.catalogue.CatalogueState;
import dev.meridian.node.catalogue.TableState;
import dev.meridian.node.settings.ServiceSettings;
import dev.meridian.replication.log.ChangeRecord;
import dev.meridian.replication.log.RowKeys;
import dev.meridian.storage.Direction;
import dev.meridian.storage.KeyRange;
import dev.meridian.storage.OrderedStore;
import dev.meridian.storage.WriteBatch;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Removes change records older than they are kept. The last record of every origin stays: it carries the count. A region that has
 * not had what is removed finds a gap and copies the table.
 */
public final class ChangeLogTrimmer implements Runnable {

    private static final int BATCH_MAX = 2_000;

    private final Supplier<CatalogueState> catalogue;
    private final OrderedStore store;
    private final long keptMillis;
    private final InstantSource clock;

    public ChangeLogTrimmer(
            Supplier<CatalogueState> catalogue, OrderedStore store, ServiceSettings service, InstantSource clock) {
        this.catalogue = catalogue;
        this.store = store;
        double hours = Math.max(service.number("change-log-hours"), service.number("stream-retention-hours"));
        this.keptMillis = Math.round(hours * Duration.ofHours(1).toMillis());
        this.clock = clock;
    }

    @Override
    public void run() {
        long horizon = clock.millis() - keptMillis;
        for (TableState table : catalogue.get().tables().values()) {
            for (int partition = 0; partition < table.partitionCount(); partition++) {
                for (String origin : table.members().keySet()) {
                    trim(KeyRange.prefix(RowKeys.changePrefix(table.number(), partition, origin)), horizon);
                }
                if (table.members().isEmpty()) {
                    trim(KeyRange.prefix(RowKeys.changePrefix(table.number(), partition, table.region())), horizon);
                }
            }
        }
    }

    private void trim(KeyRange log, long horizon) {
        List<byte[]> keys;
        do {
            keys = trimmable(log, horizon);
            WriteBatch batch = new WriteBatch();
            keys.forEach(batch::delete);
            store.commit(batch).toCompletableFuture().join();
        } while (keys.size() == BATCH_MAX);
    }

    private List<byte[]> trimmable(KeyRange log, long horizon) {
        List<byte[]> keys = new ArrayList<>();
        byte[][] previous = new byte[1][];
        store.scan(log, Direction.ASCENDING, (key, value) -> {
            if (previous[0] != null) {
                keys.add(previous[0]);
            }
            previous[0] = key;
            return keys.size() < BATCH_MAX && writtenMillis(value) < horizon;
        });
        return keys;
    }

    private static long writtenMillis(byte[] record) {
        return HybridTimestamp.millis(
                ChangeRecord.decode(record).stamp().version().timestamp());
    }
}
