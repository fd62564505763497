package dev.meridian.node.partition;

import dev.meridian.conflict.ConflictPolicy;
import dev.meridian.conflict.HybridClock;
import dev.meridian.conflict.Stamp;
import dev.meridian.conflict.Version;
import dev.meridian.replication.log.RowKeys;
import dev.meridian.replication.log.StampedImage;
import dev.meridian.storage.OrderedReader;
import dev.meridian.storage.WriteBatch;
import dev.meridian.table.capacity.Allowance;
import dev.meridian.table.capacity.WriteCost;
import dev.meridian.table.definition.TableSchema;
import dev.meridian.table.key.ItemKey;
import dev.meridian.table.model.ServiceException;
import dev.meridian.table.value.Item;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The items of one partition with all that goes with a change of one: index rows, tombstones, the sizes of collections. What
 * has been decided and is not durable yet lies over what the store has.
 *
 * <p>Not thread-safe.
 */
final class PartitionRows {

    private final PartitionId id;
    private final OrderedReader store;
    private final HybridClock clock;
    private final Overlay overlay = new Overlay();
    private final Allowance allowance;
    private final CollectionSizes collections;
    private final IndexChanges indexes;
    private final Tombstones tombstones;
    private TableSchema table;
    private ConflictPolicy policy;

    PartitionRows(PartitionId id, TableSchema table, OrderedReader store, HybridClock clock, PartitionRules rules) {
        this.id = id;
        this.table = table;
        this.policy = ConflictPolicy.named(table.conflictPolicy());
        this.store = store;
        this.clock = clock;
        this.allowance = rules.allowance();
        this.collections = new CollectionSizes(id, store, overlay, rules.collectionBytesMax());
        this.indexes = new IndexChanges(id, store, rules.indexDelayMillis());
        this.tombstones = new Tombstones(id, store);
    }

    void reshape(TableSchema newTable) {
        table = newTable;
        policy = ConflictPolicy.named(newTable.conflictPolicy());
        collections.forget();
    }

    void durable(long ticket) {
        overlay.durable(ticket);
    }

    PartitionId id() {
        return id;
    }

    TableSchema table() {
        return table;
    }

    ConflictPolicy policy() {
        return policy;
    }

    HybridClock clock() {
        return clock;
    }

    IndexChanges indexes() {
        return indexes;
    }

    Tombstones tombstones() {
        return tombstones;
    }

    /** The item as it was decided last. */
    CurrentItem current(ItemKey key) {
        CurrentItem pending = overlay.get(key);
        if (pending != null) {
            return pending;
        }
        byte[] row = store.get(RowKeys.item(id.table(), key.bytes()));
        return row == null ? CurrentItem.NONE : CurrentItem.of(StampedImage.decode(row), 0);
    }

    /** Whether something decided for the item is not durable yet. */
    boolean isPending(ItemKey key) {
        return overlay.get(key) != null;
    }

    /** What is here, or the delete that nothing may stand for: it takes what is older from whatever comes later. */
    @Nullable
    StampedImage known(CurrentItem current) {
        StampedImage image = current.image();
        return image == null ? tombstones.standIn() : image;
    }

    /** The stamp of a write in this region over what stands here. */
    Stamp stampAfter(@Nullable StampedImage current, long nowMillis) {
        if (current == null) {
            return tombstones.first(new Version(clock.next(nowMillis), id.region()));
        }
        Stamp stamp = current.stamp();
        return Stamp.after(stamp, new Version(clock.nextAfter(stamp.version().timestamp(), nowMillis), id.region()));
    }

    /** Why the item may not become this: its collection would be too large. */
    Optional<ServiceException> refusal(@Nullable Item before, Item after) {
        return collections.refusal(table, before, after);
    }

    /** Takes what a change that arrived costs from what the table may write; it takes place in any case. */
    void charge(CurrentItem before, CurrentItem after) {
        if (allowance.isLimited()) {
            allowance.replicated(table, id.partition(), WriteCost.of(table, before.item(), after.item()));
        }
    }

    /** Puts an item in another's place. */
    void replace(WriteBatch batch, ItemKey key, CurrentItem before, CurrentItem after, long nowMillis) {
        StampedImage image = Objects.requireNonNull(after.image());
        batch.put(RowKeys.item(id.table(), key.bytes()), image.encode());
        if (image.image() == null) {
            tombstones.note(batch, key, image.stamp());
        }
        if (!table.indexes().isEmpty()) {
            indexes.add(batch, table, key, before.item(), after.item(), nowMillis);
            collections.changed(table, before.item(), after.item());
        }
        overlay.put(key, after);
    }
}
