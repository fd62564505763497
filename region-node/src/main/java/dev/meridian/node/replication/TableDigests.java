package dev.meridian.node.replication;

import dev.meridian.replication.digest.RangeDigests;
import dev.meridian.replication.log.RowKeys;
import dev.meridian.replication.log.StampedImage;
import dev.meridian.storage.Direction;
import dev.meridian.storage.KeyRange;
import dev.meridian.storage.OrderedReader;

/** Makes the digests of a table by reading it. */
public final class TableDigests {

    private TableDigests() {}

    /**
     * @param table the table's number in the store
     */
    public static RangeDigests of(OrderedReader store, int table) {
        RangeDigests.Builder digests = new RangeDigests.Builder();
        store.scan(KeyRange.prefix(RowKeys.rowPrefix(table, 0)), Direction.ASCENDING, (key, value) -> {
            digests.add(RowKeys.withinTable(key), StampedImage.decode(value));
            return true;
        });
        return digests.build();
    }
}
