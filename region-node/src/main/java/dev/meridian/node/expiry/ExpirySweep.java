package dev.meridian.node.expiry;

import dev.meridian.node.catalogue.Catalogue;
import dev.meridian.node.catalogue.TableSettings;
import dev.meridian.node.catalogue.TableState;
import dev.meridian.node.partition.PartitionCommand;
import dev.meridian.node.partition.PartitionDirectory;
import dev.meridian.node.partition.WriteListener;
import dev.meridian.node.partition.WriteOutcome;
import dev.meridian.node.settings.ServiceSettings;
import dev.meridian.replication.log.RowKeys;
import dev.meridian.replication.log.StampedImage;
import dev.meridian.storage.Direction;
import dev.meridian.storage.KeyRange;
import dev.meridian.storage.OrderedReader;
import dev.meridian.table.definition.TableSchema;
import dev.meridian.table.key.ItemKey;
import dev.meridian.table.value.ItemCodec;
import java.time.Duration;
import java.time.InstantSource;
import java.util.OptionalLong;

/**
 * Looks through tables with time to live and deletes what has expired. Of a global table a region deletes what was last
 * written in it, and what was written elsewhere only when it is overdue: then that region may be gone.
 */
public final class ExpirySweep implements Runnable {

    private static final WriteListener NOBODY = new WriteListener() {
        @Override
        public void decided(WriteOutcome outcome) {}

        @Override
        public void failed(Throwable failure) {
            // The next sweep finds the item again.
        }
    };

    private final Catalogue catalogue;
    private final PartitionDirectory partitions;
    private final OrderedReader store;
    private final ServiceSettings service;
    private final InstantSource clock;

    public ExpirySweep(
            Catalogue catalogue,
            PartitionDirectory partitions,
            OrderedReader store,
            ServiceSettings service,
            InstantSource clock) {
        this.catalogue = catalogue;
        this.partitions = partitions;
        this.store = store;
        this.service = service;
        this.clock = clock;
    }

    @Override
    public void run() {
        for (TableState table : catalogue.state().tables().values()) {
            if (table.status() == TableState.Status.ACTIVE) {
                table.settings()
                        .get(TableSettings.TIME_TO_LIVE)
                        .ifPresent(attribute -> sweep(table, new Expiry(attribute)));
            }
        }
    }

    private void sweep(TableState table, Expiry expiry) {
        long nowSeconds = Duration.ofMillis(clock.millis()).toSeconds();
        long overdue = Math.round(service.number("time-to-live-overdue-seconds"));
        TableSchema schema = table.schema();
        store.scan(KeyRange.prefix(RowKeys.rowPrefix(table.number(), 0)), Direction.ASCENDING, (key, value) -> {
            StampedImage row = StampedImage.decode(value);
            byte[] image = row.image();
            if (image == null) {
                return true;
            }
            OptionalLong since = expiry.secondsSince(ItemCodec.decode(image), nowSeconds);
            boolean isOurs = !table.isReplicatedWith(row.stamp().version().region());
            if (since.isPresent() && (isOurs || since.getAsLong() > overdue)) {
                ItemKey item = new ItemKey(RowKeys.withinTable(key));
                partitions
                        .find(schema, item)
                        .ifPresent(partition -> partition.tell(
                                new PartitionCommand.Write(new ExpiredItem(item, expiry, nowSeconds), NOBODY)));
            }
            return true;
        });
    }
}
