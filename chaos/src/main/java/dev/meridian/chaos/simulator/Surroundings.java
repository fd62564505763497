package dev.meridian.chaos.simulator;

import dev.meridian.replication.follower.Follower;
import dev.meridian.replication.log.ChangeRecord;
import dev.meridian.replication.log.StampedImage;
import dev.meridian.replication.tombstone.Standing;
import dev.meridian.table.capacity.Allowance;
import dev.meridian.table.key.ItemKey;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** What a simulated region stands in: time, disk, network, and those who watch it. One thread. */
public interface Surroundings {

    /** Since the start, the same for all regions. */
    long nowMillis();

    /** Runs the action later, in virtual time. */
    void after(long delayMillis, Runnable action);

    /** How long the next sync of a region's disk takes. */
    long diskMillis(SimulatedRegion region);

    /** By how much a region's clock is off. */
    default long clockOffsetMillis(SimulatedRegion region) {
        return 0;
    }

    /** Whether a region's disk takes no more. */
    default boolean isDiskFull(SimulatedRegion region) {
        return false;
    }

    /** Whether syncs of a region's disk fail: what is on it nobody knows then, and nothing more is acknowledged in this life. */
    default boolean isSyncFailing(SimulatedRegion region) {
        return false;
    }

    /** What a region's table can afford. */
    default Allowance allowance(SimulatedRegion region) {
        return Allowance.UNLIMITED;
    }

    /** Takes a pull to a peer; {@link SimulatedRegion#answered} or {@link SimulatedRegion#pullFailed} tells what came of it. */
    void pull(SimulatedRegion from, String peer, Follower.Effect.Pull pull);

    /** Hears what happens; the text is made only if somebody listens. */
    void trace(Supplier<String> event);

    /** Has a peer answer where it stands, if it can be reached; what is meant for an earlier life of the asker gets lost. */
    default void askStanding(SimulatedRegion from, String peer, Consumer<Standing> answered) {}

    /** How often regions let go of tombstones, in milliseconds; 0: they don't. */
    default long sweepMillis() {
        return 0;
    }

    /** The regions that hold a replica and how often each was asked to join, as the region knows; empty while that changes. */
    default Map<String, Long> membersOf(SimulatedRegion region) {
        return Map.of();
    }

    /** Which of two concurrent writes stays in a region, by the policy's name; empty for the service's rule. */
    default String conflictPolicy(String region) {
        return "";
    }

    /** With whom a region agrees on every write; nothing where the table is eventually consistent. */
    default Optional<Agreeing> agreeing(SimulatedRegion region) {
        return Optional.empty();
    }

    /** A write, a delete or a put, was decided in a region; the task that is returned runs, once or more, when it may be acknowledged. */
    default Runnable decided(SimulatedRegion region, ItemKey key, StampedImage written) {
        return () -> {};
    }

    /** A region's disk has caught up. */
    default void synced(SimulatedRegion region) {}

    /** Records of a peer have become durable in a region. */
    default void applied(SimulatedRegion region, String peer, List<ChangeRecord> records) {}

    /** A mistake put in on purpose. */
    default PlantedBug bug() {
        return PlantedBug.NONE;
    }

    /** Records as that mistake would have them. */
    default List<ChangeRecord> bent(SimulatedRegion region, List<ChangeRecord> records) {
        return records;
    }

    /** Records that the region needs are not in a peer's log. */
    default void gap(SimulatedRegion region, String peer) {}
}
