package dev.meridian.chaos.simulator;

import dev.meridian.conflict.Stamp;
import dev.meridian.conflict.Version;
import dev.meridian.table.key.ItemKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Every write the clients made, kept apart from the regions: what was acknowledged, and what each write knew. */
final class Ledger {

    /** A write. */
    static final class Entry {
        final ItemKey key;
        final Stamp stamp;
        final boolean isDelete;
        boolean acknowledged;

        Entry(ItemKey key, Stamp stamp, boolean isDelete) {
            this.key = key;
            this.stamp = stamp;
            this.isDelete = isDelete;
        }

        Version version() {
            return stamp.version();
        }
    }

    private final List<Entry> entries = new ArrayList<>();
    private final Map<String, Map<ItemKey, Entry>> greatest = new HashMap<>();
    private final Map<ItemKey, Entry> lastDelete = new HashMap<>();
    private final Map<String, Long> lastAcknowledged = new HashMap<>();

    Entry decided(ItemKey key, Stamp stamp, boolean isDelete) {
        Entry entry = new Entry(key, stamp, isDelete);
        if (isDelete) {
            lastDelete.merge(key, entry, (a, b) -> a.version().compareTo(b.version()) >= 0 ? a : b);
        }
        entries.add(entry);
        return entry;
    }

    /** Stamps of one region increase from one acknowledgement to the next, also over its restarts. */
    void acknowledged(Entry entry) {
        Long last =
                lastAcknowledged.put(entry.version().region(), entry.version().timestamp());
        if (last != null && last >= entry.version().timestamp()) {
            throw new AssertionError("the stamps of " + entry.version().region() + " do not increase: " + last
                    + ", then " + entry.version().timestamp());
        }
        entry.acknowledged = true;
        for (String region : List.of("", entry.version().region())) {
            greatest.computeIfAbsent(region, none -> new HashMap<>())
                    .merge(entry.key, entry, (a, b) -> a.version().compareTo(b.version()) >= 0 ? a : b);
        }
    }

    /** Whether there is a delete of the item that is this write or wins over it. */
    boolean isDeletedSince(Entry entry) {
        Entry last = lastDelete.get(entry.key);
        return last != null && last.version().compareTo(entry.version()) >= 0;
    }

    List<Entry> entries() {
        return entries;
    }

    /** For each key the write with the greatest acknowledged version; of one region, or of all where it is empty. */
    Map<ItemKey, Entry> greatestAcknowledged(String onlyFrom) {
        return greatest.getOrDefault(onlyFrom, Map.of());
    }
}
