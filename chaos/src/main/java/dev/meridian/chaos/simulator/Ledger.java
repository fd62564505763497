package dev.meridian.chaos.simulator;

import dev.meridian.conflict.AttributeVersions;
import dev.meridian.conflict.ConflictPolicy;
import dev.meridian.conflict.Stamp;
import dev.meridian.conflict.Version;
import dev.meridian.replication.log.StampedImage;
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
        final StampedImage written;
        boolean acknowledged;

        Entry(ItemKey key, StampedImage written) {
            this.key = key;
            this.written = written;
        }

        Stamp stamp() {
            return written.stamp();
        }

        Version version() {
            return stamp().version();
        }

        boolean isDelete() {
            return written.image() == null;
        }

        /** The attributes that this write changed, in tables that decide by attribute. */
        List<String> changed() {
            AttributeVersions attributes = written.attributes();
            return attributes == null
                    ? List.of()
                    : attributes.written().keySet().stream()
                            .filter(name -> attributes.stands(name, version()))
                            .toList();
        }
    }

    private final List<Entry> entries = new ArrayList<>();
    private final Map<String, Map<ItemKey, Entry>> greatest = new HashMap<>();
    private final Map<ItemKey, Entry> lastDelete = new HashMap<>();
    private final Map<String, Long> lastAcknowledged = new HashMap<>();
    private final ConflictPolicy policy;

    /** {@code policy} says which of two writes is the greater. */
    Ledger(ConflictPolicy policy) {
        this.policy = policy;
    }

    Entry decided(ItemKey key, StampedImage written) {
        Entry entry = new Entry(key, written);
        if (entry.isDelete()) {
            lastDelete.merge(key, entry, this::greater);
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
            greatest.computeIfAbsent(region, none -> new HashMap<>()).merge(entry.key, entry, this::greater);
        }
    }

    private Entry greater(Entry one, Entry other) {
        return policy.compare(one.stamp(), other.stamp()) >= 0 ? one : other;
    }

    /** Whether there is a delete of the item that is this write or wins over it. */
    boolean isDeletedSince(Entry entry) {
        Entry last = lastDelete.get(entry.key);
        return last != null && policy.compare(last.stamp(), entry.stamp()) >= 0;
    }

    List<Entry> entries() {
        return entries;
    }

    /** For each key the write with the greatest acknowledged version; of one region, or of all where it is empty. */
    Map<ItemKey, Entry> greatestAcknowledged(String onlyFrom) {
        return greatest.getOrDefault(onlyFrom, Map.of());
    }
}
