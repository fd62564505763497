package dev.meridian.node.replication;

import dev.meridian.replication.digest.RangeDigests;
import dev.meridian.replication.log.RowKeys;
import dev.meridian.replication.log.StampedImage;
import dev.meridian.storage.Direction;
import dev.meridian.storage.KeyRange;
import dev.meridian.storage.OrderedReader;
import java.util.function.Predicate;

/** Makes the digests of a table by reading it. */
public final class TableDigests {

    private TableDigests() {}

    /**
     * Of everything, tombstones too, as a replica is repaired by.
     *
     * @param table the table's number in the store
     */
    public static RangeDigests of(OrderedReader store, int table) {
        return of(store, table, row -> true);
    }

    /** Of the items alone, by which replicas are compared: tombstones go here sooner and there later. */
    public static RangeDigests ofItems(OrderedReader store, int table) {
        return of(store, table, row -> row.image() != null);
    }

    private static RangeDigests of(OrderedReader store, int table, Predicate<StampedImage> counts) {
        RangeDigests.Builder digests = new RangeDigests.Builder();
        store.scan(KeyRange.prefix(RowKeys.rowPrefix(table, 0)), Direction.ASCENDING, (key, value) -> {
            StampedImage row = StampedImage.decode(value);
            if (counts.test(row)) {
                digests.add(RowKeys.withinTable(key), row);
            }
            return true;
        });
        return digests.build();
    }
}
