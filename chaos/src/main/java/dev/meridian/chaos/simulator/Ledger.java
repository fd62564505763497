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
    private final Map<String, Long> lastAcknowledged = new HashMap<>();

    Entry decided(ItemKey key, Stamp stamp, boolean isDelete) {
        Entry entry = new Entry(key, stamp, isDelete);
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
    }

    List<Entry> entries() {
        return entries;
    }

    /** Whether the item was deleted by that version or a later one, so that nothing may be there. */
    boolean isDeletedSince(ItemKey key, Version version) {
        return entries.stream()
                .anyMatch(entry -> entry.isDelete
                        && entry.key.equals(key)
                        && entry.version().compareTo(version) >= 0);
    }

    /** For each key the greatest acknowledged version. */
    Map<ItemKey, Version> greatestAcknowledged(String onlyFrom) {
        Map<ItemKey, Version> greatest = new HashMap<>();
        for (Entry entry : entries) {
            if (entry.acknowledged
                    && (onlyFrom.isEmpty() || entry.version().region().equals(onlyFrom))) {
                greatest.merge(entry.key, entry.version(), (a, b) -> a.compareTo(b) >= 0 ? a : b);
            }
        }
        return greatest;
    }
}
