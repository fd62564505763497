package dev.meridian.node.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.meridian.replication.link.PartitionRef;
import dev.meridian.replication.link.PullAnswer;
import dev.meridian.replication.link.PullRequest;
import dev.meridian.replication.log.MalformedBytesException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class SourceActorTest {

    private static final ActorTestKit KIT = ActorTestKit.create("sources");
    private static final PartitionRef PARTITION = new PartitionRef("g", 0);

    private final AtomicBoolean isBroken = new AtomicBoolean(true);
    private final DurableBoard board = new DurableBoard();
    private final ActorRef<SourceActor.Command> source = KIT.spawn(SourceActor.create(
            (partition, after, upTo, bytesMax) -> {
                if (isBroken.get()) {
                    throw new MalformedBytesException("a change record of format 9");
                }
                return List.of();
            },
            board,
            () -> 0));

    @AfterAll
    static void stop() {
        KIT.shutdownTestKit();
    }

    @Test
    void aPullThatCannotBeAnsweredFailsAndTheNextOneIsAnswered() throws Exception {
        source.tell(new SourceActor.Open(PARTITION, 5));
        assertThatThrownBy(() -> pull(1).get(10, TimeUnit.SECONDS)).hasRootCauseMessage("a change record of format 9");
        isBroken.set(false);
        assertThat(PullAnswer.decode(pull(2).get(10, TimeUnit.SECONDS)).session())
                .isEqualTo(2);
    }

    @Test
    void aLogThatCannotBeReadAnyMoreEndsSessionsAndNotTheSource() throws Exception {
        pull(1).get(10, TimeUnit.SECONDS);
        CompletableFuture<byte[]> parked = new CompletableFuture<>();
        source.tell(new SourceActor.Pull("eu-west-1", new PullRequest(1, Map.of(), 0, 0, 1_000), parked));
        board.note(PARTITION, 6);
        source.tell(SourceActor.Grown.INSTANCE);
        assertThat(PullAnswer.decode(parked.get(10, TimeUnit.SECONDS)).reset()).isTrue();
    }

    private CompletableFuture<byte[]> pull(long session) {
        CompletableFuture<byte[]> answer = new CompletableFuture<>();
        source.tell(new SourceActor.Pull(
                "eu-west-1", new PullRequest(session, Map.of(PARTITION, 0L), 0, 0, 1_000), answer));
        return answer;
    }
}
