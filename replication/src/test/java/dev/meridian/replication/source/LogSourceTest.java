package dev.meridian.replication.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.meridian.replication.link.PartitionRef;
import dev.meridian.replication.link.PullRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LogSourceTest {

    private static final PartitionRef PARTITION = new PartitionRef("g", 0);

    @Test
    void noFollowerGetsAnAnswerAsLargeAsItLikes() {
        List<Integer> asked = new ArrayList<>();
        LogSource source = new LogSource((partition, after, upTo, bytesMax) -> {
            asked.add(bytesMax);
            return List.of();
        });
        source.open(PARTITION, 5);
        source.pull("eu-west-1", 0, new PullRequest(1, Map.of(PARTITION, 0L), 0, 0, Integer.MAX_VALUE), 0);
        assertThat(asked).containsExactly(4 << 20);
    }

    @Test
    void aSessionThatWasEndedIsNotGoneOnWith() {
        LogSource source = new LogSource((partition, after, upTo, bytesMax) -> List.of());
        source.pull("eu-west-1", 0, new PullRequest(1, Map.of(PARTITION, 0L), 0, 0, 1), 0);
        source.pull("eu-west-1", 1, new PullRequest(1, Map.of(), 0, 0, 1), 0);
        assertThat(resets(source.dismiss("eu-west-1"))).containsExactly(1L);
        assertThat(resets(source.pull("eu-west-1", 2, new PullRequest(1, Map.of(), 0, 0, 1), 0)))
                .containsExactly(2L);
        assertThat(source.dismissAll()).isEmpty();
    }

    private static List<Long> resets(List<LogSource.Effect> effects) {
        return effects.stream()
                .map(LogSource.Effect.Reply.class::cast)
                .filter(reply -> reply.answer().reset())
                .map(LogSource.Effect.Reply::token)
                .toList();
    }
}
