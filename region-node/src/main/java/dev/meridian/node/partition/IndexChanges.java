package dev.meridian.node.partition;

import dev.meridian.replication.log.RowKeys;
import dev.meridian.storage.WriteBatch;
import dev.meridian.table.definition.TableSchema;
import dev.meridian.table.index.IndexRows;
import dev.meridian.table.key.ItemKey;
import dev.meridian.table.value.Item;
import dev.meridian.table.value.ItemCodec;
import org.jspecify.annotations.Nullable;

/** Puts the changes of a table's indexes into the batch that changes the item. */
final class IndexChanges {

    private IndexChanges() {}

    static void add(
            WriteBatch batch,
            int tableNumber,
            TableSchema table,
            ItemKey key,
            @Nullable Item before,
            @Nullable Item after) {
        for (IndexRows.Change change : IndexRows.changes(table, key, before, after)) {
            byte[] row = RowKeys.row(tableNumber, change.index(), change.rowKey());
            Item item = change.item();
            if (item == null) {
                batch.delete(row);
            } else {
                batch.put(row, ItemCodec.encode(item));
            }
        }
    }
}
