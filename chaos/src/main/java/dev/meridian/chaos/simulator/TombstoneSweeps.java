package dev.meridian.chaos.simulator;

import dev.meridian.node.partition.ApplyOutcome;
import dev.meridian.node.partition.PartitionCore;
import dev.meridian.replication.log.LogEpoch;
import dev.meridian.replication.tombstone.StableTimes;
import dev.meridian.replication.tombstone.Standing;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** How a region lets go of tombstones that every member has passed, and tells others where it stands itself. */
final class TombstoneSweeps {

    private static final int COLLECT_MAX = 1_000;

    private final SimulatedRegion region;
    private final SimulatedPartitions partitions;
    private final SimulatedFollowers followers;
    private final Surroundings surroundings;
    private @Nullable Sweep sweep;
    private int gone;

    TombstoneSweeps(
            SimulatedRegion region,
            SimulatedPartitions partitions,
            SimulatedFollowers followers,
            Surroundings surroundings) {
        this.region = region;
        this.partitions = partitions;
        this.followers = followers;
        this.surroundings = surroundings;
    }

    /** Forgets what an earlier life was told. */
    void clear() {
        sweep = null;
    }

    /** How many tombstones this region has let go of. */
    int gone() {
        return gone;
    }

    /** Looks every so often what everybody has passed. */
    void repeat() {
        partitions.later(surroundings.sweepMillis(), () -> {
            ask();
            repeat();
        });
    }

    /** Asks every member where it stands; what is answered in time counts. Nobody is asked while members change. */
    private void ask() {
        if (surroundings.bug() == PlantedBug.TOMBSTONE_DROPPED_EARLY) {
            collect(Collections.nCopies(partitions.count(), partitions.clock().last()));
            return;
        }
        Map<String, Long> members = surroundings.membersOf(region);
        Sweep asking = new Sweep(sweep == null ? new StableTimes() : sweep.times, members);
        sweep = asking;
        for (String member : members.keySet()) {
            if (member.equals(region.name())) {
                standing(standing -> asking.answered(region.name(), standing));
            } else {
                surroundings.askStanding(region, member, standing -> asking.answered(member, standing));
            }
        }
    }

    /** One pass of asking; one that is overtaken by the next has come to nothing. */
    private final class Sweep {

        private final StableTimes times;
        private final Map<String, Long> members;
        private final Map<String, Standing> standings = new LinkedHashMap<>();

        Sweep(StableTimes times, Map<String, Long> members) {
            this.times = times;
            this.members = members;
        }

        void answered(String member, Standing standing) {
            standings.put(member, standing);
            boolean isWhole = standings.keySet().equals(members.keySet());
            // A region that is joining meanwhile copies rows, and was told a stable time from before.
            if (sweep == this && isWhole && surroundings.membersOf(region).equals(members)) {
                collect(times.pass(standings, partitions.count()));
                standings.clear();
            }
        }
    }

    private void collect(List<Long> stable) {
        for (int partition = 0; partition < partitions.count(); partition++) {
            if (stable.get(partition) > 0) {
                PartitionCore core = partitions.core(partition);
                ApplyOutcome.Merged collected = (ApplyOutcome.Merged) core.collect(stable.get(partition), COLLECT_MAX);
                gone += collected.applied();
                partitions.commit(core, collected, () -> {});
            }
        }
    }

    /** Where this region stands, told once what it says of its clock is durable; not told while members change. */
    void standing(Consumer<Standing> reply) {
        Map<String, Long> members = surroundings.membersOf(region);
        if (members.isEmpty()) {
            return;
        }
        long timestamp = partitions.clock().next(partitions.wallMillis());
        List<Long> sequences =
                partitions.lastSequences().stream().map(LogEpoch::written).toList();
        partitions.commit(partitions.disk().clockPassed(timestamp), () -> {
            List<Standing.Mark> marks = new ArrayList<>();
            List<Map<String, Long>> checkpoints = new ArrayList<>();
            for (int partition = 0; partition < partitions.count(); partition++) {
                marks.add(new Standing.Mark(timestamp, sequences.get(partition)));
                Map<String, Long> held = new TreeMap<>();
                for (String peer : followers.peers()) {
                    held.put(peer, partitions.disk().checkpoint(partition, peer));
                }
                checkpoints.add(held);
            }
            reply.accept(new Standing(members, marks, checkpoints));
        });
    }
}
