package dev.meridian.chaos.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.meridian.replication.follower.Follower;
import dev.meridian.replication.link.PartitionRef;
import dev.meridian.replication.link.PullAnswer;
import dev.meridian.replication.link.PullRequest;
import dev.meridian.table.value.AttributeValue;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class SimulatedSourceTest {

    private static final int MILLIS = 1_000;

    private final Alone alone = new Alone();
    private final SimulatedRegion region = new SimulatedRegion("us-east-1", 1, 1_000, alone);
    private final Map<String, Long> received = new HashMap<>();

    @Test
    void followersWithAnswersAtDifferentTimesAreWokenForByOneTimer() {
        region.start(List.of());
        follow("eu-west-1", 50);
        follow("ap-southeast-2", 7);
        RandomWrites writes = new RandomWrites(new SplittableRandom(1), false);
        for (int number = 0; number < MILLIS; number++) {
            region.write(writes.write(new AttributeValue.S("item-" + number), number), () -> {});
            alone.pass(1);
        }
        alone.pass(100);
        long written = region.lastSequences().get(0);
        assertThat(written).isPositive();
        assertThat(received).containsEntry("eu-west-1", written).containsEntry("ap-southeast-2", written);
        // A sync for each write, a wake for each answer that must wait, and one more where another comes before it.
        assertThat(alone.timers).isLessThan(MILLIS + 2 * (MILLIS / 50 + MILLIS / 7) + MILLIS / 10);
    }

    private void follow(String follower, int spacingMillis) {
        PartitionRef partition = SimulatedPartitions.ref(0);
        pull(follower, new PullRequest(1, Map.of(partition, 0L), 0, spacingMillis, 1 << 20));
        pull(follower, new PullRequest(1, Map.of(), 0, spacingMillis, 1 << 20));
    }

    /** Pulls again with every answer, as a follower whose link takes no time. */
    private void pull(String follower, PullRequest request) {
        region.pulled(follower, request, answer -> {
            for (PullAnswer.Chunk chunk : answer.chunks()) {
                received.merge(follower, (long) chunk.records().size(), Long::sum);
            }
            pull(follower, new PullRequest(1, Map.of(), 0, request.spacingMillis(), request.bytesMax()));
        });
    }

    /** A region without peers of its own, that counts what it does later. */
    private static final class Alone implements Surroundings {

        private final Schedule schedule = new Schedule();
        private int timers;

        void pass(long millis) {
            schedule.passUntil(schedule.nowMillis() + millis);
        }

        @Override
        public long nowMillis() {
            return schedule.nowMillis();
        }

        @Override
        public void after(long delayMillis, Runnable action) {
            timers++;
            schedule.after(delayMillis, action);
        }

        @Override
        public long diskMillis(SimulatedRegion syncing) {
            return 1;
        }

        @Override
        public void pull(SimulatedRegion from, String peer, Follower.Effect.Pull pull) {
            throw new IllegalStateException(peer + " is not followed");
        }

        @Override
        public void trace(Supplier<String> event) {}
    }
}
