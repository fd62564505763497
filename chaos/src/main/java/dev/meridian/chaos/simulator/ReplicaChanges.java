package dev.meridian.chaos.simulator;

import dev.meridian.replication.link.CopyPage;
import dev.meridian.replication.log.LogEpoch;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Which regions hold the replica, and how that changes: one at a time, as the service has it. A region that leaves takes no
 * writes any more and goes when the others have all of its; one that joins copies from a member and takes part when that is
 * done. How regions come to agree on it is the membership's simulation.
 */
final class ReplicaChanges {

    private static final int MEMBERS_MIN = 2;
    private static final long LOOK_MILLIS = 100;

    private final Map<String, SimulatedRegion> regions;
    private final Surroundings surroundings;
    private final BiConsumer<String, Runnable> network;
    private final Invariants invariants;
    private final CheckpointWatch checkpoints;
    private final int partitions;
    private final Set<String> members = new LinkedHashSet<>();
    private final Map<String, Long> epochs = new HashMap<>();
    private final Map<String, SimulatedCopy> repairs = new LinkedHashMap<>();
    private @Nullable SimulatedRegion leaving;
    private @Nullable SimulatedRegion joining;
    private @Nullable SimulatedCopy copy;
    private int changes;

    ReplicaChanges(
            Map<String, SimulatedRegion> regions,
            Surroundings surroundings,
            BiConsumer<String, Runnable> network,
            Invariants invariants,
            CheckpointWatch checkpoints,
            int partitions) {
        this.regions = regions;
        this.surroundings = surroundings;
        this.network = network;
        this.invariants = invariants;
        this.checkpoints = checkpoints;
        this.partitions = partitions;
        members.addAll(regions.keySet());
        members.forEach(member -> epochs.put(member, 1L));
    }

    /** How many replicas have been removed or added. */
    int changes() {
        return changes;
    }

    Collection<SimulatedRegion> members() {
        return members.stream().map(this::region).toList();
    }

    /** What must hold in the region, if it is a member. */
    void checkIfMember(SimulatedRegion region) {
        if (isMember(region)) {
            invariants.check(region);
        }
    }

    boolean isMember(SimulatedRegion region) {
        return members.contains(region.name());
    }

    /** Whether clients may write there. */
    boolean takesWrites(SimulatedRegion region) {
        return isMember(region) && region != leaving;
    }

    boolean isSettled() {
        return leaving == null && joining == null;
    }

    /** The members and how often each was asked to join; empty while that changes, or for one that is none. */
    Map<String, Long> membersOf(SimulatedRegion region) {
        Map<String, Long> known = new TreeMap<>();
        if (isSettled() && isMember(region)) {
            members.forEach(member -> known.put(member, epochs.getOrDefault(member, 1L)));
        }
        return known;
    }

    List<String> peersOf(SimulatedRegion region) {
        List<String> peers = new ArrayList<>();
        if (isMember(region)) {
            peers.addAll(members);
            peers.remove(region.name());
        }
        return peers;
    }

    /** Removes the region's replica if it has one, else adds one; nothing while another change is under way. */
    void change(SimulatedRegion region) {
        if (!isSettled()) {
            return;
        }
        if (!isMember(region)) {
            surroundings.trace(() -> region.name() + " is to join");
            epochs.merge(region.name(), 1L, Long::sum);
            joining = region;
            join(region);
        } else if (members.size() > MEMBERS_MIN) {
            surroundings.trace(() -> region.name() + " is to leave");
            leaving = region;
            leave(region);
        }
    }

    private void leave(SimulatedRegion region) {
        boolean isKnown = region.isAlive()
                && region.unsynced() == 0
                && members().stream().allMatch(member -> member == region || hasAllOf(member, region));
        if (!isKnown) {
            surroundings.after(LOOK_MILLIS, () -> leave(region));
            return;
        }
        invariants.check(region);
        invariants.forget(region);
        checkpoints.forget(region);
        region.leave();
        members.remove(region.name());
        members().forEach(this::follow);
        leaving = null;
        changes++;
        surroundings.trace(() -> region.name() + " has left");
    }

    private static boolean hasAllOf(SimulatedRegion member, SimulatedRegion region) {
        return !region.hasWrittenAfter(member.checkpointsOf(region.name()));
    }

    /** Copies from a member that is alive, and from another where one of the two dies. */
    private void join(SimulatedRegion region) {
        SimulatedCopy now = copy;
        if (joining != region) {
            return;
        }
        if (now == null || now.isOver()) {
            if (!region.isAlive()) {
                region.startEmpty();
            }
            members().stream().filter(SimulatedRegion::isAlive).findFirst().ifPresent(source -> {
                SimulatedCopy next = new SimulatedCopy(region, source, surroundings, network, origins());
                copy = next;
                next.start(newLog(region), () -> joined(region));
            });
        }
        surroundings.after(LOOK_MILLIS, () -> join(region));
    }

    private Set<String> origins() {
        return new HashSet<>(regions.keySet());
    }

    /** A log that begins anew has numbers of its own. */
    private List<CopyPage.Position> newLog(SimulatedRegion region) {
        List<CopyPage.Position> positions = new ArrayList<>();
        for (int partition = 0; partition < partitions; partition++) {
            positions.add(new CopyPage.Position(
                    partition, region.name(), LogEpoch.base(epochs.getOrDefault(region.name(), 1L))));
        }
        return positions;
    }

    private void joined(SimulatedRegion region) {
        surroundings.trace(() -> region.name() + " has joined");
        joining = null;
        copy = null;
        changes++;
        members.add(region.name());
        region.start(peersOf(region));
        members().forEach(this::follow);
    }

    private void follow(SimulatedRegion member) {
        if (member.isAlive()) {
            member.follow(peersOf(member));
        }
    }

    /** A member lacks records that a peer's log does not have: it copies the replica of that peer. */
    void repair(SimulatedRegion region, String peer) {
        String repair = region.name() + "<" + peer;
        SimulatedCopy last = repairs.get(repair);
        if (last != null && !last.isOver()) {
            return;
        }
        SimulatedCopy now = new SimulatedCopy(region, region(peer), surroundings, network, origins());
        repairs.put(repair, now);
        now.start(List.of(), () -> repairs.remove(repair));
    }

    private SimulatedRegion region(String name) {
        SimulatedRegion region = regions.get(name);
        if (region == null) {
            throw new IllegalStateException("no region " + name);
        }
        return region;
    }
}
