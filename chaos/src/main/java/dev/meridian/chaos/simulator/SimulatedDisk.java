package dev.meridian.chaos.simulator;

import dev.meridian.replication.link.PartitionRef;
import dev.meridian.replication.log.ChangeRecord;
import dev.meridian.replication.log.Conflict;
import dev.meridian.replication.log.RowKeys;
import dev.meridian.replication.log.StampedImage;
import dev.meridian.storage.Direction;
import dev.meridian.storage.KeyRange;
import dev.meridian.storage.WriteBatch;
import dev.meridian.storage.memory.MemoryStore;
import dev.meridian.table.key.ItemKey;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What one region has on its disk: one table, its log, its checkpoints and conflicts. */
final class SimulatedDisk {

    static final int TABLE = 1;

    private final String region;
    private final int answerRecordsMax;
    private MemoryStore store = MemoryStore.steppedByOneThread();

    SimulatedDisk(String region, int answerRecordsMax) {
        this.region = region;
        this.answerRecordsMax = answerRecordsMax;
    }

    MemoryStore store() {
        return store;
    }

    /** The power goes; of what was on its way, so many batches had arrived. */
    void crash(int survivors) {
        store = store.crash(survivors);
    }

    @Nullable
    StampedImage item(ItemKey key) {
        byte[] row = store.get(RowKeys.item(TABLE, key.bytes()));
        return row == null ? null : StampedImage.decode(row);
    }

    /** Every key's row, tombstones too. */
    Map<ItemKey, StampedImage> rows() {
        Map<ItemKey, StampedImage> rows = new TreeMap<>();
        store.scan(KeyRange.prefix(RowKeys.rowPrefix(TABLE, 0)), Direction.ASCENDING, (key, value) -> {
            rows.put(new ItemKey(RowKeys.withinTable(key)), StampedImage.decode(value));
            return true;
        });
        return rows;
    }

    List<Conflict> conflicts() {
        List<Conflict> conflicts = new ArrayList<>();
        store.scan(KeyRange.prefix(new byte[] {RowKeys.CONFLICT}), Direction.ASCENDING, (key, value) -> {
            conflicts.add(Conflict.decode(value));
            return true;
        });
        return conflicts;
    }

    /** The region's own changes, as its source reads them. */
    List<ChangeRecord> changes(PartitionRef partition, long after, long upTo, int bytesMax) {
        List<ChangeRecord> records = new ArrayList<>();
        store.scan(
                new KeyRange(
                        RowKeys.change(TABLE, partition.partition(), region, after + 1),
                        RowKeys.change(TABLE, partition.partition(), region, upTo + 1)),
                Direction.ASCENDING,
                (key, value) -> {
                    records.add(ChangeRecord.decode(value));
                    return records.size() < answerRecordsMax;
                });
        return records;
    }

    /** The highest sequence of a peer applied, durably. */
    long checkpoint(int partition, String peer) {
        byte[] row = store.get(RowKeys.checkpoint(TABLE, partition, peer));
        return row == null ? 0 : ByteBuffer.wrap(row).getLong();
    }

    /** What the region's clock had passed in an earlier life. */
    long clockPassed() {
        byte[] row = store.get(RowKeys.clock());
        return row == null ? 0 : ByteBuffer.wrap(row).getLong();
    }

    WriteBatch clockPassed(long timestamp) {
        return new WriteBatch()
                .put(
                        RowKeys.clock(),
                        ByteBuffer.allocate(Long.BYTES).putLong(timestamp).array());
    }

    /** A batch that lets go of an origin's change records below a sequence. */
    void forget(WriteBatch batch, int partition, String origin, long below) {
        store.scan(
                new KeyRange(
                        RowKeys.change(TABLE, partition, origin, 0), RowKeys.change(TABLE, partition, origin, below)),
                Direction.ASCENDING,
                (key, value) -> {
                    batch.delete(key);
                    return true;
                });
    }

    /** Everything of the table goes, at once and durably; what conflicts there were stays. */
    void removeTable() {
        store = store.crash(0);
        WriteBatch batch = new WriteBatch();
        for (byte[] prefix : List.of(
                RowKeys.allRowsPrefix(TABLE),
                RowKeys.allChangesPrefix(TABLE),
                RowKeys.allCheckpointsPrefix(TABLE),
                RowKeys.allTombstonesPrefix(TABLE),
                RowKeys.allStablePrefix(TABLE))) {
            store.scan(KeyRange.prefix(prefix), Direction.ASCENDING, (key, value) -> {
                batch.delete(key);
                return true;
            });
        }
        commitAtOnce(batch);
    }

    void loseCheckpoint(int partition, String peer) {
        WriteBatch batch = new WriteBatch();
        batch.delete(RowKeys.checkpoint(TABLE, partition, peer));
        commitAtOnce(batch);
    }

    private void commitAtOnce(WriteBatch batch) {
        if (!batch.isEmpty()) {
            store.commit(batch);
            store.sync(Integer.MAX_VALUE);
        }
    }
}
