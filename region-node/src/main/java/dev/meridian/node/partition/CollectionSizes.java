package dev.meridian.node.partition;

import dev.meridian.replication.log.RowKeys;
import dev.meridian.replication.log.StampedImage;
import dev.meridian.storage.Direction;
import dev.meridian.storage.KeyRange;
import dev.meridian.storage.OrderedReader;
import dev.meridian.table.definition.IndexSchema;
import dev.meridian.table.definition.TableSchema;
import dev.meridian.table.index.IndexRows;
import dev.meridian.table.key.ItemKey;
import dev.meridian.table.key.KeyEncoder;
import dev.meridian.table.model.ServiceException;
import dev.meridian.table.value.AttributeValue;
import dev.meridian.table.value.Item;
import dev.meridian.table.value.ItemCodec;
import dev.meridian.table.value.ItemSize;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How large item collections are, in the table and in its local indexes, for tables that have such indexes. A collection is measured
 * when it is first written to and kept count of from then on.
 */
final class CollectionSizes {

    private static final int KNOWN_MAX = 10_000;

    private final PartitionId id;
    private final OrderedReader store;
    private final Overlay overlay;
    private final long bytesMax;
    private final Map<ItemKey, Long> known = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<ItemKey, Long> eldest) {
            return size() > KNOWN_MAX;
        }
    };

    /**
     * @param overlay what is decided and perhaps not in the store yet
     */
    CollectionSizes(PartitionId id, OrderedReader store, Overlay overlay, long bytesMax) {
        this.id = id;
        this.store = store;
        this.overlay = overlay;
        this.bytesMax = bytesMax;
    }

    /** The service's error if the write makes a collection larger than it may be. */
    Optional<ServiceException> refusal(TableSchema table, @Nullable Item before, @Nullable Item after) {
        if (after == null || !hasCollections(table)) {
            return Optional.empty();
        }
        long growth = bytes(table, after) - bytes(table, before);
        return growth > 0 && size(table, after) + growth > bytesMax
                ? Optional.of(ServiceException.dynamodb(
                        "ItemCollectionSizeLimitExceededException", "Collection size exceeded."))
                : Optional.empty();
    }

    /** An item has changed. */
    void changed(TableSchema table, @Nullable Item before, @Nullable Item after) {
        Item either = after == null ? before : after;
        if (either != null && hasCollections(table)) {
            known.computeIfPresent(
                    collection(table, either), (collection, size) -> size + bytes(table, after) - bytes(table, before));
        }
    }

    /** Indexes have come or gone. */
    void forget() {
        known.clear();
    }

    private long size(TableSchema table, Item item) {
        return known.computeIfAbsent(collection(table, item), collection -> measured(table, collection));
    }

    private long measured(TableSchema table, ItemKey collection) {
        byte[] prefix = RowKeys.item(id.table(), collection.bytes());
        long[] bytes = {0};
        store.scan(KeyRange.prefix(prefix), Direction.ASCENDING, (key, value) -> {
            byte[] image = StampedImage.decode(value).image();
            if (image != null && overlay.get(new ItemKey(RowKeys.withinTable(key))) == null) {
                bytes[0] += bytes(table, ItemCodec.decode(image));
            }
            return true;
        });
        overlay.forEachOf(collection, item -> bytes[0] += bytes(table, item));
        return bytes[0];
    }

    private static boolean hasCollections(TableSchema table) {
        for (IndexSchema index : table.indexes()) {
            if (index.local()) {
                return true;
            }
        }
        return false;
    }

    private static ItemKey collection(TableSchema table, Item item) {
        List<AttributeValue> partitionKey = table.primaryKey().hash().stream()
                .map(name -> item.attributes().get(name))
                .toList();
        return new ItemKey(KeyEncoder.hashPrefix(partitionKey));
    }

    private static long bytes(TableSchema table, @Nullable Item item) {
        if (item == null) {
            return 0;
        }
        long bytes = ItemSize.of(item);
        for (IndexSchema index : table.indexes()) {
            Item entry = index.local() ? IndexRows.entry(table, index, item) : null;
            bytes += entry == null ? 0 : ItemSize.of(entry);
        }
        return bytes;
    }
}
