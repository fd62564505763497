package dev.meridian.node.partition;

import dev.meridian.replication.log.RowKeys;
import dev.meridian.replication.log.Wire;
import dev.meridian.storage.Direction;
import dev.meridian.storage.KeyRange;
import dev.meridian.storage.OrderedReader;
import dev.meridian.storage.WriteBatch;
import dev.meridian.table.definition.IndexSchema;
import dev.meridian.table.definition.TableSchema;
import dev.meridian.table.index.IndexRows;
import dev.meridian.table.key.ItemKey;
import dev.meridian.table.value.Item;
import dev.meridian.table.value.ItemCodec;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Puts the changes of a table's indexes into the batch that changes the item: those of local indexes to take place with it, those
 * of global ones too, or written down to take place later, in the order of the writes.
 */
final class IndexChanges {

    private static final int SETTLED_MAX = 1_000;

    private final PartitionId id;
    private final OrderedReader store;
    private final long delayMillis;
    private long lastLater;
    private long lastSettled;

    IndexChanges(PartitionId id, OrderedReader store, long delayMillis) {
        this.id = id;
        this.store = store;
        this.delayMillis = delayMillis;
        store.scan(later(), Direction.DESCENDING, (key, value) -> {
            lastLater = RowKeys.sequenceIn(key);
            return false;
        });
    }

    private KeyRange later() {
        return KeyRange.prefix(RowKeys.laterIndexPrefix(id.table(), id.partition()));
    }

    /** The changes from one image to another. */
    void add(
            WriteBatch batch,
            TableSchema table,
            ItemKey key,
            @Nullable Item before,
            @Nullable Item after,
            long nowMillis) {
        List<IndexRows.Change> changes = IndexRows.changes(table, key, before, after);
        if (delayMillis == 0) {
            changes.forEach(change -> add(batch, change));
            return;
        }
        List<IndexRows.Change> delayed = new ArrayList<>();
        Set<Integer> local = localIndexes(table);
        for (IndexRows.Change change : changes) {
            if (local.contains(change.index())) {
                add(batch, change);
            } else {
                delayed.add(change);
            }
        }
        if (!delayed.isEmpty()) {
            batch.put(
                    RowKeys.laterIndex(id.table(), id.partition(), ++lastLater),
                    encode(delayed, nowMillis + delayMillis));
        }
    }

    /** The entries of an item as it is now, in every index, at once. */
    void addNow(WriteBatch batch, TableSchema table, ItemKey key, @Nullable Item item) {
        IndexRows.changes(table, key, null, item).forEach(change -> add(batch, change));
    }

    private void add(WriteBatch batch, IndexRows.Change change) {
        byte[] row = RowKeys.row(id.table(), change.index(), change.rowKey());
        Item item = change.item();
        if (item == null) {
            batch.delete(row);
        } else {
            batch.put(row, ItemCodec.encode(item));
        }
    }

    /** Makes the changes that are due; an index that is gone gets none. May leave some for the next time. */
    void settle(WriteBatch batch, TableSchema table, long nowMillis) {
        Set<Integer> numbers = table.indexes().stream().map(IndexSchema::number).collect(Collectors.toSet());
        byte[] from = RowKeys.laterIndex(id.table(), id.partition(), lastSettled + 1);
        store.scan(new KeyRange(from, later().to()), Direction.ASCENDING, (key, value) -> {
            Wire.Reader in = new Wire.Reader(value);
            if (in.number() > nowMillis && delayMillis > 0) {
                return false;
            }
            int count = in.count();
            for (int i = 0; i < count; i++) {
                int index = in.index();
                byte[] row = RowKeys.row(id.table(), index, in.bytes());
                byte[] item = in.optionalBytes();
                if (item != null && numbers.contains(index)) {
                    batch.put(row, item);
                } else {
                    batch.delete(row);
                }
            }
            batch.delete(key);
            lastSettled = RowKeys.sequenceIn(key);
            return batch.operations().size() < SETTLED_MAX;
        });
    }

    private static byte[] encode(List<IndexRows.Change> changes, long dueMillis) {
        Wire.Writer out = new Wire.Writer(256).number(dueMillis).number(changes.size());
        for (IndexRows.Change change : changes) {
            Item item = change.item();
            out.number(change.index())
                    .bytes(change.rowKey())
                    .optionalBytes(item == null ? null : ItemCodec.encode(item));
        }
        return out.toBytes();
    }

    private static Set<Integer> localIndexes(TableSchema table) {
        return table.indexes().stream()
                .filter(IndexSchema::local)
                .map(IndexSchema::number)
                .collect(Collectors.toSet());
    }
}
