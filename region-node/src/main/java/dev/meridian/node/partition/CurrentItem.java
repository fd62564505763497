package dev.meridian.node.partition;

import dev.meridian.replication.log.StampedImage;
import dev.meridian.table.value.Item;
import dev.meridian.table.value.ItemCodec;
import org.jspecify.annotations.Nullable;

/**
 * What a key holds: its image, the commit that came with it and, decoded only when someone looks inside, its item. Most records that
 * arrive are applied without a look. Not thread-safe.
 */
final class CurrentItem {

    /** What a key holds that was never written. */
    static final CurrentItem NONE = new CurrentItem(null, 0, null, true);

    private final @Nullable StampedImage image;
    private final long ticket;
    private @Nullable Item item;
    private boolean isDecoded;

    private CurrentItem(@Nullable StampedImage image, long ticket, @Nullable Item item, boolean isDecoded) {
        this.image = image;
        this.ticket = ticket;
        this.item = item;
        this.isDecoded = isDecoded;
    }

    /** An image that the commit of that ticket makes durable; 0: it is. */
    static CurrentItem of(StampedImage image, long ticket) {
        return new CurrentItem(image, ticket, null, image.image() == null);
    }

    /** The same, where the item is at hand; null for a tombstone. */
    static CurrentItem of(StampedImage image, @Nullable Item item, long ticket) {
        return new CurrentItem(image, ticket, item, true);
    }

    /** A tombstone's has no bytes; null where nothing was ever written. */
    @Nullable
    StampedImage image() {
        return image;
    }

    long ticket() {
        return ticket;
    }

    @Nullable
    Item item() {
        if (!isDecoded && image != null && image.image() != null) {
            item = ItemCodec.decode(image.image());
            isDecoded = true;
        }
        return item;
    }
}
