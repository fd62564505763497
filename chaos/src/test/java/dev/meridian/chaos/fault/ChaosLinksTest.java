package dev.meridian.chaos.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.meridian.replication.link.LinkException;
import dev.meridian.replication.link.LinkRequest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ChaosLinksTest {

    private static final String US = "us-east-1";
    private static final String EU = "eu-west-1";

    private record Due(long atMillis, int tieBreak, Runnable task) {}

    private final Random random = new Random(7);
    private final PriorityQueue<Due> timers =
            new PriorityQueue<>(Comparator.comparingLong(Due::atMillis).thenComparingInt(Due::tieBreak));
    private final FaultBoard board = new FaultBoard(Map.of());
    private final List<String> arrived = new ArrayList<>();
    private long nowMillis;

    /** The peer answers with the bytes it was sent. Timers of equal time fire in any order. */
    private final ChaosLinks links = new ChaosLinks(
            US,
            peer -> request -> {
                arrived.add(nowMillis + " " + new String(request.body()));
                return CompletableFuture.completedFuture(request.body());
            },
            board,
            (delayMillis, task) -> timers.add(new Due(nowMillis + delayMillis, random.nextInt(), task)),
            () -> nowMillis,
            random);

    private void runUntilQuiet() {
        while (!timers.isEmpty()) {
            Due next = timers.remove();
            nowMillis = Math.max(nowMillis, next.atMillis());
            next.task().run();
        }
    }

    private static LinkRequest message(String text) {
        return new LinkRequest(LinkRequest.Kind.PULL, text.getBytes(), 30_000);
    }

    private static Throwable failureOf(CompletionStage<byte[]> exchange) {
        try {
            exchange.toCompletableFuture().join();
            return new AssertionError("the exchange did not fail");
        } catch (CompletionException failure) {
            return Objects.requireNonNull(failure.getCause());
        }
    }

    @Test
    void passesWhatIsSaidOnAHealthyLink() {
        CompletionStage<byte[]> exchange = links.to(EU).exchange(message("hello"));
        runUntilQuiet();
        assertThat(exchange.toCompletableFuture().join()).isEqualTo("hello".getBytes());
    }

    @Test
    void takesOneOneWayLatencyThereAndTheOtherBack() {
        board.setLink(US, EU, LinkFault.latency(40));
        board.setLink(EU, US, LinkFault.latency(70));
        CompletionStage<byte[]> exchange = links.to(EU).exchange(message("a"));
        runUntilQuiet();
        assertThat(arrived).containsExactly("40 a");
        assertThat(exchange).isCompleted();
        assertThat(nowMillis).isEqualTo(110);
    }

    @Test
    void failsTheExchangeOnACutLinkAndNeverReachesThePeer() {
        board.setLink(US, EU, LinkFault.NONE.withCut(true));
        CompletionStage<byte[]> exchange = links.to(EU).exchange(message("a"));
        runUntilQuiet();
        assertThat(failureOf(exchange)).isInstanceOf(LinkException.class);
        assertThat(arrived).isEmpty();
    }

    @Test
    void reachesThePeerButFailsWhereOnlyTheWayBackIsCut() {
        board.setLink(EU, US, LinkFault.NONE.withCut(true));
        CompletionStage<byte[]> exchange = links.to(EU).exchange(message("a"));
        runUntilQuiet();
        assertThat(arrived).hasSize(1);
        assertThat(failureOf(exchange)).isInstanceOf(LinkException.class);
    }

    @Test
    void losesWhatIsUnderWayWhenTheLinkIsCut() {
        board.setLink(US, EU, LinkFault.latency(40));
        CompletionStage<byte[]> exchange = links.to(EU).exchange(message("a"));
        board.setLink(US, EU, LinkFault.latency(40).withCut(true));
        runUntilQuiet();
        assertThat(arrived).isEmpty();
        assertThat(failureOf(exchange)).isInstanceOf(LinkException.class);
    }

    @Test
    void keepsTheOrderOfMessagesUnderJitter() {
        board.setLink(US, EU, new LinkFault(false, 5, 50, 0, 0));
        var link = links.to(EU);
        List<String> sent = IntStream.range(0, 200).mapToObj(n -> "m" + n).toList();
        sent.forEach(text -> {
            link.exchange(message(text));
            nowMillis += random.nextInt(3);
        });
        runUntilQuiet();
        assertThat(arrived.stream().map(line -> line.split(" ")[1])).containsExactlyElementsOf(sent);
    }

    @Test
    void letsNoMoreThroughThanTheRate() {
        board.setLink(US, EU, new LinkFault(false, 0, 0, 0, 1_000));
        var link = links.to(EU);
        for (int n = 0; n < 5; n++) {
            link.exchange(message("x".repeat(100)));
        }
        runUntilQuiet();
        assertThat(arrived.stream().map(line -> line.split(" ")[0])).containsExactly("100", "200", "300", "400", "500");
    }

    @Test
    void losesTheShareOfMessagesAsked() {
        board.setLink(US, EU, new LinkFault(false, 0, 0, 0.25, 0));
        var link = links.to(EU);
        int lost = 0;
        for (int n = 0; n < 2_000; n++) {
            CompletionStage<byte[]> exchange = link.exchange(message("a"));
            runUntilQuiet();
            lost += exchange.toCompletableFuture().isCompletedExceptionally() ? 1 : 0;
        }
        assertThat(lost).isBetween(440, 560);
    }

    @Test
    void doublesTheShareOfMessagesAsked() {
        board.setLink(US, EU, new LinkFault(false, 0, 0, 0, 0, 0.25, 0, 0));
        var link = links.to(EU);
        for (int n = 0; n < 1_000; n++) {
            CompletionStage<byte[]> exchange = link.exchange(message("a"));
            runUntilQuiet();
            assertThat(exchange.toCompletableFuture().join()).isEqualTo("a".getBytes());
        }
        assertThat(arrived).hasSizeBetween(1_200, 1_300);
    }

    @Test
    void reordersTheShareOfMessagesAsked() {
        board.setLink(US, EU, new LinkFault(false, 5, 0, 0, 0, 0, 0.25, 0));
        var link = links.to(EU);
        List<String> sent = IntStream.range(0, 200).mapToObj(n -> "m" + n).toList();
        sent.forEach(text -> {
            link.exchange(message(text));
            nowMillis++;
        });
        runUntilQuiet();
        List<String> came = arrived.stream().map(line -> line.split(" ")[1]).toList();
        assertThat(came).containsExactlyInAnyOrderElementsOf(sent).isNotEqualTo(sent);
    }

    @Test
    void aFlappingLinkIsUpAndDownByTurns() {
        board.setLink(US, EU, LinkFault.NONE.withFlap(100));
        var link = links.to(EU);
        StringBuilder turns = new StringBuilder();
        for (int n = 0; n < 8; n++) {
            nowMillis = n * 50L;
            CompletionStage<byte[]> exchange = link.exchange(message("a"));
            runUntilQuiet();
            turns.append(exchange.toCompletableFuture().isCompletedExceptionally() ? '-' : '+');
        }
        assertThat(turns).hasToString("++--++--");
    }

    @Test
    void slowsOneWayOnly() {
        board.setLink(EU, US, LinkFault.latency(500));
        links.to(EU).exchange(message("a"));
        runUntilQuiet();
        assertThat(arrived).containsExactly("0 a");
    }
}
