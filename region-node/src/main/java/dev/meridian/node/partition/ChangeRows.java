package dev.meridian.node.partition;

import dev.meridian.replication.log.ChangeRecord;
import dev.meridian.replication.log.RowKeys;
import dev.meridian.storage.Direction;
import dev.meridian.storage.KeyRange;
import dev.meridian.storage.OrderedReader;
import dev.meridian.storage.WriteBatch;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The change rows and checkpoint rows of one partition. */
final class ChangeRows {

    private ChangeRows() {}

    static void put(WriteBatch batch, PartitionId id, String origin, ChangeRecord record) {
        batch.put(RowKeys.change(id.table(), id.partition(), origin, record.sequence()), record.encode());
    }

    /** The last record of an origin, or null where there is none. */
    static @Nullable ChangeRecord last(OrderedReader store, PartitionId id, String origin) {
        AtomicReference<@Nullable ChangeRecord> last = new AtomicReference<>();
        byte[] prefix = RowKeys.changePrefix(id.table(), id.partition(), origin);
        store.scan(KeyRange.prefix(prefix), Direction.DESCENDING, (key, value) -> {
            last.set(ChangeRecord.decode(value));
            return false;
        });
        return last.get();
    }

    static long checkpoint(OrderedReader store, PartitionId id, String origin) {
        byte[] row = store.get(RowKeys.checkpoint(id.table(), id.partition(), origin));
        return row == null ? 0 : ByteBuffer.wrap(row).getLong();
    }

    /** The hybrid timestamp of the last conflict on record, of whatever table; 0 where there is none. */
    static long lastConflictAt(OrderedReader store) {
        long[] last = {0};
        store.scan(KeyRange.prefix(new byte[] {RowKeys.CONFLICT}), Direction.DESCENDING, (key, value) -> {
            last[0] = ByteBuffer.wrap(key).getLong(1);
            return false;
        });
        return last[0];
    }

    static byte[] sequence(long sequence) {
        return ByteBuffer.allocate(Long.BYTES).putLong(sequence).array();
    }
}
