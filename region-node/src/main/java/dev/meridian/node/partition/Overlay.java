package dev.meridian.node.partition;

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

    private record Expiry(ItemKey key, long ticket) {}

    private final Map<ItemKey, CurrentItem> entries = new HashMap<>();
    private final ArrayDeque<Expiry> expiries = new ArrayDeque<>();

    @Nullable
    CurrentItem get(ItemKey key) {
        return entries.get(key);
    }

    void put(ItemKey key, CurrentItem entry) {
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
            CurrentItem entry = entries.get(first.key());
            if (entry != null && entry.ticket() == first.ticket()) {
                entries.remove(first.key());
            }
        }
    }
}
