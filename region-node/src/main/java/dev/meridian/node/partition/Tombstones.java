package dev.meridian.node.partition;

import dev.meridian.conflict.Stamp;
import dev.meridian.conflict.Version;
import dev.meridian.conflict.VersionVector;
import dev.meridian.replication.log.RowKeys;
import dev.meridian.replication.log.StampedImage;
import dev.meridian.storage.Direction;
import dev.meridian.storage.KeyRange;
import dev.meridian.storage.OrderedReader;
import dev.meridian.storage.WriteBatch;
import dev.meridian.table.key.ItemKey;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The tombstones of one partition, in the order of the deletes, and the time up to which they have been let go of. From then on
 * nothing here means deleted: whatever arrives with an earlier version for an item that is not here is passed over.
 */
final class Tombstones {

    private static final byte[] NOTHING = new byte[0];

    private final PartitionId id;
    private final OrderedReader store;
    private long stable;

    Tombstones(PartitionId id, OrderedReader store) {
        this.id = id;
        this.store = store;
        byte[] row = store.get(RowKeys.stable(id.table(), id.partition()));
        this.stable = row == null ? 0 : ByteBuffer.wrap(row).getLong();
    }

    /** A hybrid timestamp; 0 where none has been let go of. */
    long stable() {
        return stable;
    }

    /** Whether an item that is not here was deleted later than that version. */
    boolean isPast(Version version) {
        return version.timestamp() <= stable;
    }

    /** The stamp of a write where there is nothing: it knows of all that has been let go of. */
    Stamp first(Version version) {
        Stamp stamp = Stamp.first(version);
        return stable == 0 ? stamp : new Stamp(version, stamp.seen().withEveryone(stable));
    }

    /** A delete for all those that have been let go of; null where none has. */
    @Nullable
    StampedImage standIn() {
        Version version = new Version(stable, VersionVector.EVERYONE);
        return stable == 0 ? null : new StampedImage(new Stamp(version, VersionVector.of(version)), null);
    }

    void note(WriteBatch batch, ItemKey key, Stamp stamp) {
        batch.put(key(key, stamp), NOTHING);
    }

    void forget(WriteBatch batch, ItemKey key, long timestamp) {
        batch.delete(RowKeys.tombstone(id.table(), id.partition(), timestamp, key.bytes()));
    }

    private byte[] key(ItemKey key, Stamp stamp) {
        return RowKeys.tombstone(id.table(), id.partition(), stamp.version().timestamp(), key.bytes());
    }

    /** A delete that may have been followed by another write. */
    record Deleted(ItemKey key, long timestamp) {}

    /** The first deletes up to and including that time, durable ones only. */
    List<Deleted> upTo(long timestamp, int atMost) {
        List<Deleted> deleted = new ArrayList<>();
        KeyRange range = new KeyRange(
                RowKeys.tombstonePrefix(id.table(), id.partition()),
                RowKeys.tombstone(id.table(), id.partition(), timestamp + 1, NOTHING));
        store.scan(range, Direction.ASCENDING, (key, value) -> {
            int at = RowKeys.tombstonePrefix(id.table(), id.partition()).length;
            deleted.add(new Deleted(
                    new ItemKey(RowKeys.itemOfTombstone(key)),
                    ByteBuffer.wrap(key).getLong(at)));
            return deleted.size() < atMost;
        });
        return deleted;
    }

    /** Tombstones up to then go, or have gone where the rows were copied from. */
    void raise(WriteBatch batch, long timestamp) {
        if (timestamp > stable) {
            stable = timestamp;
            batch.put(RowKeys.stable(id.table(), id.partition()), ChangeRows.sequence(timestamp));
        }
    }

    /** Rows may be missing that were never deleted: nothing here means nothing again. */
    void distrust(WriteBatch batch) {
        stable = 0;
        batch.delete(RowKeys.stable(id.table(), id.partition()));
    }
}
