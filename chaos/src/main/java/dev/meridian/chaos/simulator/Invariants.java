package dev.meridian.chaos.simulator;

import dev.meridian.conflict.AttributeVersions;
import dev.meridian.conflict.ConflictPolicy;
import dev.meridian.conflict.Stamp;
import dev.meridian.conflict.Version;
import dev.meridian.conflict.VersionVector;
import dev.meridian.replication.log.Conflict;
import dev.meridian.replication.log.StampedImage;
import dev.meridian.table.key.ItemKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What must hold of what regions have on their disks. A breach is an {@link AssertionError}. A tombstone that is gone is no
 * breach by itself, since one that everybody has seen may go; that the item comes back is one.
 */
final class Invariants {

    private final Ledger ledger;
    private final ConflictPolicy policy;
    private final Map<String, Map<ItemKey, Stamp>> held = new HashMap<>();

    Invariants(Ledger ledger, ConflictPolicy policy) {
        this.ledger = ledger;
        this.policy = policy;
    }

    /** Nothing a region has acknowledged may be missing there, except for a newer version, and nothing that was deleted returns. */
    void check(SimulatedRegion region) {
        Map<ItemKey, StampedImage> rows = region.rows();
        ledger.greatestAcknowledged(region.name).forEach((key, entry) -> {
            if (!covers(rows.get(key), entry)) {
                StampedImage row = rows.get(key);
                throw new AssertionError(region.name + " has acknowledged " + entry.version() + " and holds "
                        + (row == null ? "nothing" : row.stamp().version()));
            }
        });
        Map<ItemKey, Stamp> before = held.computeIfAbsent(region.name, none -> new HashMap<>());
        rows.forEach((key, row) -> {
            Stamp now = row.stamp();
            Stamp then = before.put(key, now);
            if (then != null && policy.compare(then, now) > 0) {
                throw new AssertionError(region.name + " has held " + then.version() + " of an item, and "
                        + now.version() + " has come back");
            }
        });
    }

    /** The region's replica is removed. */
    void forget(SimulatedRegion region) {
        held.remove(region.name);
    }

    private boolean covers(@Nullable StampedImage row, Ledger.Entry entry) {
        return row == null ? ledger.isDeletedSince(entry) : policy.compare(row.stamp(), entry.stamp()) >= 0;
    }

    /** Whether all hold the same, and nothing older than what was acknowledged anywhere. */
    boolean haveConverged(Collection<SimulatedRegion> members) {
        if (members.stream().anyMatch(region -> region.unsynced() > 0)) {
            return false;
        }
        Map<ItemKey, String> all = new HashMap<>();
        Set<ItemKey> items = new HashSet<>();
        List<Map<ItemKey, StampedImage>> replicas = new ArrayList<>();
        for (SimulatedRegion region : members) {
            Map<ItemKey, StampedImage> rows = region.rows();
            replicas.add(rows);
            for (Map.Entry<ItemKey, StampedImage> row : rows.entrySet()) {
                AttributeVersions attributes = row.getValue().attributes();
                String content = row.getValue().stamp().version()
                        + Arrays.toString(row.getValue().image())
                        + (attributes == null ? "" : attributes.written());
                String other = all.putIfAbsent(row.getKey(), content);
                if (other != null && !other.equals(content)) {
                    return false;
                }
                if (row.getValue().image() != null) {
                    items.add(row.getKey());
                }
            }
        }
        return replicas.stream()
                .allMatch(rows -> rows.keySet().containsAll(items)
                        && ledger.greatestAcknowledged("").entrySet().stream()
                                .allMatch(greatest -> covers(rows.get(greatest.getKey()), greatest.getValue())));
    }

    /** Which keys differ, for a failure's message. */
    String difference(Collection<SimulatedRegion> members) {
        StringBuilder text = new StringBuilder();
        ledger.greatestAcknowledged("").forEach((key, entry) -> {
            for (SimulatedRegion region : members) {
                StampedImage row = region.rows().get(key);
                if (!covers(row, entry)) {
                    text.append("\n").append(region.name).append(" lacks ").append(entry.version());
                }
            }
        });
        return text.toString();
    }

    /** Whatever was lost to a write that did not know of it is on record somewhere. */
    void checkConflicts(Collection<SimulatedRegion> members, Collection<SimulatedRegion> all) {
        if (policy.isByAttribute()) {
            new AttributeInvariants(ledger).check(members.iterator().next().rows(), all);
            return;
        }
        Map<ItemKey, StampedImage> rows = members.iterator().next().rows();
        Set<Version> losers = new HashSet<>();
        for (SimulatedRegion region : all) {
            for (Conflict conflict : region.conflicts()) {
                losers.add(conflict.loser().stamp().version());
            }
        }
        Map<ItemKey, Set<Ledger.Entry>> byKey = new HashMap<>();
        ledger.entries()
                .forEach(entry -> byKey.computeIfAbsent(entry.key, none -> new HashSet<>())
                        .add(entry));
        for (Ledger.Entry entry : ledger.entries()) {
            boolean stands = stands(rows.get(entry.key), entry);
            if (entry.acknowledged
                    && !stands
                    && !losers.contains(entry.version())
                    && byKey.getOrDefault(entry.key, Set.of()).stream()
                            .noneMatch(other ->
                                    other != entry && other.stamp().seen().covers(entry.version()))) {
                throw new AssertionError(
                        entry.version() + " was acknowledged, overwritten by a write that did not know of it, "
                                + "and is in no conflict log");
            }
        }
    }

    /** A tombstone may have gone, or another stand in for it that nobody wrote. */
    private static boolean stands(@Nullable StampedImage row, Ledger.Entry entry) {
        return row == null || row.stamp().version().region().equals(VersionVector.EVERYONE)
                ? entry.isDelete()
                : row.stamp().version().equals(entry.version());
    }
}
