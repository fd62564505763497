package dev.meridian.chaos.simulator;

import dev.meridian.node.partition.ApplyOutcome;
import dev.meridian.node.partition.PartitionCore;
import dev.meridian.replication.follower.Follower;
import dev.meridian.replication.link.PartitionRef;
import dev.meridian.replication.link.PullAnswer;
import dev.meridian.replication.log.RowKeys;
import dev.meridian.storage.WriteBatch;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** Whom a region follows, and how it applies what they send. */
final class SimulatedFollowers {

    /** So often a region looks whether there is space again. */
    private static final long FULL_DISK_MILLIS = 100;

    private final SimulatedRegion region;
    private final SimulatedPartitions partitions;
    private final Surroundings surroundings;
    private final Map<String, Follower> followers = new LinkedHashMap<>();
    private long followed;

    SimulatedFollowers(SimulatedRegion region, SimulatedPartitions partitions, Surroundings surroundings) {
        this.region = region;
        this.partitions = partitions;
        this.surroundings = surroundings;
    }

    /** Whom it follows. */
    Set<String> peers() {
        return followers.keySet();
    }

    /** Follows nobody. */
    void clear() {
        followers.clear();
    }

    /** From now on these peers are followed, and no others. */
    void follow(List<String> peers) {
        followers.keySet().retainAll(peers);
        for (String peer : peers) {
            if (!followers.containsKey(peer)) {
                followed++;
                Follower follower = new Follower(() -> checkpoints(peer), followed * 1_000_000);
                followers.put(peer, follower);
                run(peer, follower.restart(surroundings.nowMillis()));
            }
        }
    }

    private void run(String peer, List<Follower.Effect> effects) {
        for (Follower.Effect effect : effects) {
            if (effect instanceof Follower.Effect.Pull pull) {
                surroundings.pull(region, peer, pull);
            } else if (effect instanceof Follower.Effect.Hand hand) {
                hand(peer, hand);
            } else if (effect instanceof Follower.Effect.Wake wake) {
                partitions.later(
                        wake.atMillis() - surroundings.nowMillis(),
                        () -> tell(peer, follower -> follower.tick(surroundings.nowMillis())));
            }
        }
    }

    /** Tells the follower of a peer, if it is still followed. */
    private void tell(String peer, Function<Follower, List<Follower.Effect>> news) {
        Follower follower = followers.get(peer);
        if (follower != null) {
            run(peer, news.apply(follower));
        }
    }

    /** A peer has answered a pull. */
    void answered(String peer, long token, PullAnswer answer) {
        tell(peer, follower -> follower.answered(token, answer, surroundings.nowMillis()));
    }

    /** A pull has come to nothing. */
    void failed(String peer, long token) {
        tell(peer, follower -> follower.failed(token, surroundings.nowMillis()));
    }

    private void hand(String peer, Follower.Effect.Hand hand) {
        if (surroundings.isDiskFull(region) || surroundings.isSyncFailing(region)) {
            partitions.later(FULL_DISK_MILLIS, () -> hand(peer, hand));
            return;
        }
        long pauseMillis = surroundings
                .allowance(region)
                .pauseMillis(partitions.table(), hand.partition().partition());
        if (pauseMillis > 0) {
            partitions.later(pauseMillis, () -> hand(peer, hand));
            return;
        }
        PartitionCore core = partitions.core(hand.partition().partition());
        ApplyOutcome outcome = core.apply(peer, surroundings.bent(region, hand.records()), partitions.wallMillis());
        if (!(outcome instanceof ApplyOutcome.Merged merged)) {
            surroundings.trace(() -> region.name() + " finds a gap from " + peer);
            surroundings.gap(region, peer);
            tell(peer, follower -> follower.refused(hand.session(), surroundings.nowMillis()));
            return;
        }
        surroundings.trace(() -> region.name() + " applies " + hand.partition().partition() + " from " + peer
                + " up to " + merged.checkpoint());
        WriteBatch batch = merged.batch();
        if (surroundings.bug() == PlantedBug.CHECKPOINT_BEFORE_DATA) {
            batch = checkpointFirst(batch);
        }
        partitions.commit(batch, () -> {
            core.durable(merged.ticket());
            surroundings.applied(region, peer, hand.records());
            tell(peer, follower -> follower.applied(hand.session(), hand.records(), surroundings.nowMillis()));
        });
    }

    private WriteBatch checkpointFirst(WriteBatch batch) {
        WriteBatch checkpoint = new WriteBatch();
        WriteBatch rest = new WriteBatch();
        for (WriteBatch.Operation operation : batch.operations()) {
            byte[] value = operation.value();
            if (value != null) {
                (operation.key()[0] == RowKeys.CHECKPOINT ? checkpoint : rest).put(operation.key(), value);
            }
        }
        partitions.commit(checkpoint, () -> {});
        return rest;
    }

    /** How far a peer's writes are durable here. */
    Map<PartitionRef, Long> checkpoints(String peer) {
        Map<PartitionRef, Long> positions = new LinkedHashMap<>();
        for (int partition = 0; partition < partitions.count(); partition++) {
            positions.put(SimulatedPartitions.ref(partition), partitions.disk().checkpoint(partition, peer));
        }
        return positions;
    }

    /** Where they stand, for a failure's message. */
    String describe() {
        StringBuilder text = new StringBuilder();
        followers.forEach((peer, follower) -> text.append("; ")
                .append(peer)
                .append(' ')
                .append(follower.phase())
                .append(' ')
                .append(checkpoints(peer).values()));
        return text.toString();
    }
}
