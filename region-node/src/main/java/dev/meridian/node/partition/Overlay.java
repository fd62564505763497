package dev.meridian.node.partition;

import dev.meridian.replication.log.StampedImage;
import dev.meridian.table.key.ItemKey;
import dev.meridian.table.value.Item;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Images that are decided but perhaps not durable yet, so that the next write to the same key sees them. */
final class Overlay {

    /**
     * A decided image.
     *
     * @param item the decoded image, or null for a tombstone
     * @param ticket the commit that makes it durable
     */
    record Entry(StampedImage image, @Nullable Item item, long ticket) {}

    private record Expiry(ItemKey key, long ticket) {}

    private final Map<ItemKey, Entry> entries = new HashMap<>();
    private final ArrayDeque<Expiry> expiries = new ArrayDeque<>();

    @Nullable
    Entry get(ItemKey key) {
        return entries.get(key);
    }

    void put(ItemKey key, Entry entry) {
        entries.put(key, entry);
        expiries.add(new Expiry(key, entry.ticket()));
    }

    /** Sees every item whose key starts like this. */
    void forEachOf(ItemKey prefix, Consumer<Item> visitor) {
        byte[] start = prefix.bytes();
        entries.forEach((key, entry) -> {
            byte[] bytes = key.bytes();
            Item item = entry.item();
            boolean isOfIt =
                    bytes.length >= start.length && Arrays.equals(bytes, 0, start.length, start, 0, start.length);
            if (isOfIt && item != null) {
                visitor.accept(item);
            }
        });
    }

    /** Forgets what the store itself now shows. */
    void durable(long ticket) {
        for (Expiry first = expiries.peek(); first != null && first.ticket() <= ticket; first = expiries.peek()) {
            expiries.remove();
            Entry entry = entries.get(first.key());
            if (entry != null && entry.ticket() == first.ticket()) {
                entries.remove(first.key());
            }
        }
    }
}
