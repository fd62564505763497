package dev.meridian.node.partition;

import dev.meridian.replication.log.RowKeys;
import dev.meridian.replication.log.StampedImage;
import dev.meridian.storage.Direction;
import dev.meridian.storage.KeyRange;
import dev.meridian.storage.OrderedReader;
import dev.meridian.table.key.ItemKey;
import dev.meridian.table.operation.TableReader;
import dev.meridian.table.value.Item;
import dev.meridian.table.value.ItemCodec;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A table's rows straight from the store: all that is acknowledged is there, for an acknowledged write is durable. */
public final class StoreTableReader implements TableReader {

    private final OrderedReader store;
    private final int table;

    public StoreTableReader(OrderedReader store, int table) {
        this.store = store;
        this.table = table;
    }

    @Override
    public @Nullable Item get(ItemKey key) {
        byte[] row = store.get(RowKeys.item(table, key.bytes()));
        return row == null ? null : live(row);
    }

    @Override
    public void scan(int index, byte[] from, byte @Nullable [] to, boolean ascending, Visitor visitor) {
        byte[] prefix = RowKeys.rowPrefix(table, index);
        byte[] first = RowKeys.row(table, index, from);
        byte[] end = to == null ? KeyRange.successorOfPrefix(prefix) : RowKeys.row(table, index, to);
        Direction direction = ascending ? Direction.ASCENDING : Direction.DESCENDING;
        store.scan(new KeyRange(first, end), direction, (key, value) -> {
            Item item = index == TABLE ? live(value) : ItemCodec.decode(value);
            return item == null || visitor.visit(Arrays.copyOfRange(key, prefix.length, key.length), item);
        });
    }

    /** The item in an item row, or null for a tombstone. */
    private static @Nullable Item live(byte[] row) {
        byte[] image = StampedImage.decode(row).image();
        return image == null ? null : ItemCodec.decode(image);
    }
}
