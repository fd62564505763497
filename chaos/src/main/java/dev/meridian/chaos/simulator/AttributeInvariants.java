package dev.meridian.chaos.simulator;

import dev.meridian.conflict.AttributeVersions;
import dev.meridian.conflict.Version;
import dev.meridian.replication.log.Conflict;
import dev.meridian.replication.log.StampedImage;
import dev.meridian.table.key.ItemKey;
import dev.meridian.table.value.Item;
import dev.meridian.table.value.ItemCodec;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What must hold of a table that decides by attribute, once its replicas are equal: each attribute is the one written last, or gone
 * with a later delete, and what was lost to a write that did not know of it is on record. A breach is an {@link AssertionError}.
 */
final class AttributeInvariants {

    /** One attribute as one write left it. */
    private record Write(ItemKey key, String attribute, Version version) {}

    private final Map<ItemKey, List<Ledger.Entry>> entries = new HashMap<>();

    AttributeInvariants(Ledger ledger) {
        ledger.entries()
                .forEach(entry -> entries.computeIfAbsent(entry.key, none -> new ArrayList<>())
                        .add(entry));
    }

    void check(Map<ItemKey, StampedImage> rows, Collection<SimulatedRegion> all) {
        rows.forEach(AttributeInvariants::checkWhole);
        Set<Write> losers = losers(all);
        entries.forEach((key, writes) -> {
            for (Ledger.Entry entry : writes) {
                for (String attribute : entry.acknowledged ? entry.changed() : List.<String>of()) {
                    checkWrite(entry, attribute, rows.get(key), losers);
                }
            }
        });
    }

    /** An item holds what its versions say, and is there exactly if it was written after its last delete. */
    private static void checkWhole(ItemKey key, StampedImage row) {
        AttributeVersions versions = row.attributes();
        if (versions == null) {
            return;
        }
        byte[] image = row.image();
        if (versions.leaves(row.stamp().version()) != (image != null)) {
            throw new AssertionError("an item is there, or not, against its versions: " + row.stamp() + versions);
        }
        Item item = image == null ? Item.EMPTY : ItemCodec.decode(image);
        for (String name : item.attributes().keySet()) {
            if (!name.equals("id") && !versions.written().containsKey(name)) {
                throw new AssertionError("the item has " + name + ", which nobody wrote: " + versions);
            }
        }
    }

    private void checkWrite(Ledger.Entry entry, String attribute, @Nullable StampedImage row, Set<Write> losers) {
        AttributeVersions versions = row == null ? null : row.attributes();
        if (row != null && versions != null && versions.stands(attribute, entry.version())) {
            if (!Objects.equals(value(entry.written, attribute), value(row, attribute))) {
                throw new AssertionError(attribute + " of " + entry.version() + " has another value");
            }
            return;
        }
        boolean isLater = writes(entry).stream()
                .anyMatch(other -> other.version().compareTo(entry.version()) > 0
                        && (other.isDelete() || other.changed().contains(attribute)));
        if (!isLater) {
            throw new AssertionError(attribute + " of " + entry.version()
                    + " was acknowledged and is gone, and nothing later took its place");
        }
        boolean isKnown = writes(entry).stream()
                .anyMatch(other -> other != entry
                        && (other.isDelete() || other.changed().contains(attribute))
                        && other.stamp().seen().covers(entry.version()));
        if (!isKnown && !losers.contains(new Write(entry.key, attribute, entry.version()))) {
            throw new AssertionError(attribute + " of " + entry.version()
                    + " was acknowledged, overwritten by a write that did not know of it, and is in no conflict log");
        }
    }

    private List<Ledger.Entry> writes(Ledger.Entry entry) {
        return entries.getOrDefault(entry.key, List.of());
    }

    private static @Nullable Object value(StampedImage row, String attribute) {
        byte[] image = row.image();
        return image == null ? null : ItemCodec.decode(image).get(attribute);
    }

    private static Set<Write> losers(Collection<SimulatedRegion> all) {
        Set<Write> losers = new HashSet<>();
        for (SimulatedRegion region : all) {
            for (Conflict conflict : region.conflicts()) {
                AttributeVersions versions = conflict.loser().attributes();
                if (versions != null) {
                    versions.written()
                            .forEach((name, version) ->
                                    losers.add(new Write(new ItemKey(conflict.key()), name, version)));
                }
            }
        }
        return losers;
    }
}
