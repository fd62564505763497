package dev.meridian.node.stream;

import dev.meridian.node.catalogue.Catalogue;
import dev.meridian.node.catalogue.CatalogueEvent;
import dev.meridian.node.catalogue.StreamState;
import dev.meridian.node.catalogue.TableState;
import dev.meridian.node.control.CatalogueWriter;
import dev.meridian.node.settings.ServiceSettings;
import dev.meridian.replication.log.DroppedRows;
import dev.meridian.storage.OrderedStore;
import dev.meridian.storage.WriteBatch;
import java.time.InstantSource;
import java.util.List;

/** Removes what streams hold longer than it may be read, streams turned off as long ago, and what such streams kept of tables that are gone. */
public final class StreamTrimmer implements Runnable {

    private static final int BATCH_MAX = 2_000;

    private final Catalogue catalogue;
    private final CatalogueWriter writer;
    private final OrderedStore store;
    private final StreamShards shards;
    private final ShardLineage lineage;
    private final DroppedRows dropped;
    private final InstantSource clock;

    public StreamTrimmer(
            Catalogue catalogue,
            CatalogueWriter writer,
            OrderedStore store,
            ServiceSettings service,
            InstantSource clock) {
        this.catalogue = catalogue;
        this.writer = writer;
        this.store = store;
        this.shards = new StreamShards(store);
        this.lineage = new ShardLineage(shards, service);
        this.dropped = new DroppedRows(store, Runnable::run);
        this.clock = clock;
    }

    @Override
    public void run() {
        long horizon = lineage.horizonMillis(clock.millis());
        forgetTables(horizon);
        for (TableState table : catalogue.state().tables().values()) {
            for (StreamState stream : table.here().streams()) {
                boolean isOver = isOver(stream, horizon);
                for (int partition = 0; partition < table.partitionCount(); partition++) {
                    trim(table, stream, partition, isOver ? Long.MAX_VALUE : horizon);
                }
                if (isOver) {
                    writer.change(state -> state.byGlobalId(table.globalId()).isPresent()
                            ? List.of(new CatalogueEvent.StreamForgotten(table.globalId(), stream.number()))
                            : List.of());
                }
            }
        }
    }

    private static boolean isOver(StreamState stream, long horizon) {
        return !stream.isOn() && stream.endedMillis() < horizon;
    }

    /** Tables that are gone, once all their streams are over. */
    private void forgetTables(long horizon) {
        for (TableState table : catalogue.state().streaming().values()) {
            if (table.here().streams().stream().allMatch(stream -> isOver(stream, horizon))) {
                dropped.removeStreams(table.number()).toCompletableFuture().join();
                writer.change(state -> state.streaming().containsKey(table.number())
                        ? List.of(new CatalogueEvent.TableForgotten(table.globalId(), table.number()))
                        : List.of());
            }
        }
    }

    private void trim(TableState table, StreamState stream, int partition, long horizon) {
        List<byte[]> keys;
        do {
            keys = shards.trimmable(table, stream, partition, horizon, BATCH_MAX);
            WriteBatch batch = new WriteBatch();
            keys.forEach(batch::delete);
            store.commit(batch).toCompletableFuture().join();
        } while (keys.size() == BATCH_MAX);
    }
}
