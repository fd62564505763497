package dev.meridian.replication.follower;

import static org.assertj.core.api.Assertions.assertThat;

import dev.meridian.conflict.Stamp;
import dev.meridian.conflict.Version;
import dev.meridian.replication.link.PartitionRef;
import dev.meridian.replication.link.PullAnswer;
import dev.meridian.replication.log.ChangeRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FollowerTest {

    private static final PartitionRef PARTITION = new PartitionRef("g", 0);
    private static final List<ChangeRecord> RECORDS =
            List.of(new ChangeRecord(1, new byte[] {1}, Stamp.first(new Version(7, "eu-west-1")), null));

    private final Follower follower = new Follower(() -> Map.of(PARTITION, 0L), 0);
    private long now = 1_000;

    @Test
    void asksLessAndLessOftenForRecordsThatCannotBeApplied() {
        List<Follower.Effect> effects = follower.restart(now);
        List<Long> pauses = new ArrayList<>();
        for (int session = 0; session < 8; session++) {
            Follower.Effect.Hand hand = handed(effects);
            long wake = only(Follower.Effect.Wake.class, follower.refused(hand.session(), now))
                    .atMillis();
            pauses.add(wake - now);
            now = wake;
            effects = follower.tick(now);
        }
        assertThat(pauses).containsExactly(20L, 40L, 80L, 160L, 200L, 200L, 200L, 200L);
    }

    @Test
    void asksSoonAgainOnceRecordsWereApplied() {
        List<Follower.Effect> effects = follower.restart(now);
        for (int session = 0; session < 5; session++) {
            Follower.Effect.Hand hand = handed(effects);
            now = only(Follower.Effect.Wake.class, follower.refused(hand.session(), now))
                    .atMillis();
            effects = follower.tick(now);
        }
        Follower.Effect.Hand hand = handed(effects);
        follower.applied(hand.session(), RECORDS, now);
        Follower.Effect.Wake wake = only(Follower.Effect.Wake.class, follower.refused(hand.session(), now));
        assertThat(wake.atMillis() - now).isEqualTo(20);
    }

    /** Answers the pull that opens a session with the records. */
    private Follower.Effect.Hand handed(List<Follower.Effect> effects) {
        Follower.Effect.Pull pull = only(Follower.Effect.Pull.class, effects);
        assertThat(pull.request().opens()).isTrue();
        PullAnswer answer =
                new PullAnswer(pull.request().session(), 0, false, List.of(new PullAnswer.Chunk(PARTITION, RECORDS)));
        return only(Follower.Effect.Hand.class, follower.answered(pull.token(), answer, now));
    }

    private static <E extends Follower.Effect> E only(Class<E> type, List<Follower.Effect> effects) {
        List<E> found =
                effects.stream().filter(type::isInstance).map(type::cast).toList();
        assertThat(found).hasSize(1);
        return found.get(0);
    }
}
