package dev.meridian.node.inspection;

import dev.meridian.node.catalogue.StreamState;
import dev.meridian.node.catalogue.TableState;
import dev.meridian.node.stream.StreamRow;
import dev.meridian.replication.log.ChangeRecord;
import dev.meridian.replication.log.RowKeys;
import dev.meridian.storage.Direction;
import dev.meridian.storage.KeyRange;
import dev.meridian.storage.OrderedReader;
import dev.meridian.table.key.ItemKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The versions of one item that a region still has on record, from the change log and the table's stream. Reads the whole log of
 * the item's partition: for looking into things, not for serving.
 */
final class ItemHistory {

    private final OrderedReader store;
    private final TableState table;
    private final int partition;
    private final ItemKey key;

    ItemHistory(OrderedReader store, TableState table, ItemKey key) {
        this.store = store;
        this.table = table;
        this.partition = key.partition(table.partitionCount());
        this.key = key;
    }

    /**
     * One version.
     *
     * @param origin the region that wrote it
     * @param arrivedMillis when it became the item here, by the region's clock; empty if it never did, because a later one was
     *     here before it
     */
    record Entry(String origin, ChangeRecord change, Optional<Long> arrivedMillis) {}

    private record Place(String origin, long sequence) {}

    /** In the order in which they win over one another. */
    List<Entry> entries() {
        Map<Place, Long> arrivals = arrivals();
        List<Entry> entries = new ArrayList<>();
        for (String origin : table.members().isEmpty()
                ? List.of(table.region())
                : List.copyOf(table.members().keySet())) {
            KeyRange log = KeyRange.prefix(RowKeys.changePrefix(table.number(), partition, origin));
            store.scan(log, Direction.ASCENDING, (row, value) -> {
                ChangeRecord change = ChangeRecord.decode(value);
                if (Arrays.equals(change.key(), key.bytes())) {
                    Place place = new Place(origin, change.sequence());
                    entries.add(new Entry(origin, change, Optional.ofNullable(arrivals.get(place))));
                }
                return true;
            });
        }
        entries.sort(Comparator.comparing(entry -> entry.change().stamp().version()));
        return entries;
    }

    private Map<Place, Long> arrivals() {
        Map<Place, Long> arrivals = new HashMap<>();
        for (StreamState stream : table.here().streams()) {
            KeyRange rows = KeyRange.prefix(RowKeys.streamPrefix(table.number(), partition, stream.number()));
            store.scan(rows, Direction.ASCENDING, (row, value) -> {
                StreamRow entry = StreamRow.decode(value);
                arrivals.put(new Place(entry.origin(), entry.sequence()), entry.atMillis());
                return true;
            });
        }
        return arrivals;
    }
}
