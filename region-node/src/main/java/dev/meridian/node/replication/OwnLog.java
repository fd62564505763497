package dev.meridian.node.replication;

import dev.meridian.node.catalogue.Catalogue;
import dev.meridian.node.catalogue.TableState;
import dev.meridian.replication.link.PartitionRef;
import dev.meridian.replication.log.ChangeRecord;
import dev.meridian.replication.log.RowKeys;
import dev.meridian.replication.source.LogSource;
import dev.meridian.storage.Direction;
import dev.meridian.storage.KeyRange;
import dev.meridian.storage.OrderedReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** This region's own change records, read from the store; also those of a table that is going from here. */
final class OwnLog implements LogSource.Log {

    private final String region;
    private final Catalogue catalogue;
    private final OrderedReader store;

    OwnLog(String region, Catalogue catalogue, OrderedReader store) {
        this.region = region;
        this.catalogue = catalogue;
        this.store = store;
    }

    @Override
    public List<ChangeRecord> read(PartitionRef partition, long after, long upTo, int bytesMax) {
        Optional<TableState> table = catalogue.state().byGlobalId(partition.globalTable());
        if (table.isEmpty()) {
            return List.of();
        }
        int number = table.get().number();
        List<ChangeRecord> records = new ArrayList<>();
        long[] bytes = {0};
        store.scan(
                new KeyRange(
                        RowKeys.change(number, partition.partition(), region, after + 1),
                        RowKeys.change(number, partition.partition(), region, upTo + 1)),
                Direction.ASCENDING,
                (key, value) -> {
                    records.add(ChangeRecord.decode(value));
                    bytes[0] += value.length;
                    return bytes[0] < bytesMax;
                });
        return records;
    }
}
