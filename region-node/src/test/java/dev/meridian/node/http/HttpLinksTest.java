package dev.meridian.node.http;

import static dev.meridian.node.wire.RawHttp.ascii;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.meridian.node.wire.RawHttp;
import dev.meridian.replication.link.LinkException;
import dev.meridian.replication.link.LinkHandler;
import dev.meridian.replication.link.LinkRequest;
import dev.meridian.replication.link.LinkRequest.Kind;
import dev.meridian.replication.log.MalformedBytesException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HttpLinksTest {

    private static final long PATIENT_MILLIS = 20_000;

    private final List<AutoCloseable> opened = new ArrayList<>();

    @AfterEach
    void closeAll() throws Exception {
        for (AutoCloseable one : opened) {
            one.close();
        }
    }

    /** Links of us-east-1 to eu-west-1, whose door has this handler. */
    private HttpLinks links(LinkHandler handler) {
        OpenDoor peer = open(handler);
        HttpLinks links = new HttpLinks(
                peer.vertx,
                "us-east-1",
                region -> region.equals("eu-west-1")
                        ? Optional.of(new PeerAddress("127.0.0.1", peer.port))
                        : Optional.empty());
        opened.add(0, links::close);
        return links;
    }

    private OpenDoor open(LinkHandler handler) {
        OpenDoor peer = new OpenDoor(
                (account, operation, body, answering) -> CompletableFuture.completedFuture(body),
                DoorGate.OPEN,
                List.of(new LinkResource(handler)));
        opened.add(peer);
        return peer;
    }

    private static CompletableFuture<byte[]> ask(HttpLinks links, Kind kind, byte[] body, long timeoutMillis) {
        return links.to("eu-west-1")
                .exchange(new LinkRequest(kind, body, timeoutMillis))
                .toCompletableFuture();
    }

    private static void fails(CompletableFuture<byte[]> exchange) {
        assertThatThrownBy(() -> exchange.get(PATIENT_MILLIS, TimeUnit.MILLISECONDS))
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(LinkException.class);
    }

    @Test
    void carriesBytesThereAndBackAndSaysWhoAsks() throws Exception {
        HttpLinks links = links((from, kind, body) ->
                CompletableFuture.completedFuture(RawHttp.join(ascii(from + " " + kind + " "), body)));
        for (Kind kind : Kind.values()) {
            assertThat(ask(links, kind, new byte[] {0, -1}, PATIENT_MILLIS).get(10, TimeUnit.SECONDS))
                    .isEqualTo(RawHttp.join(ascii("us-east-1 " + kind + " "), new byte[] {0, -1}));
        }
    }

    @Test
    void carriesEightMegabytes() throws Exception {
        HttpLinks links = links((from, kind, body) -> CompletableFuture.completedFuture(body));
        byte[] body = new byte[8 << 20];
        body[body.length - 1] = 7;
        assertThat(ask(links, Kind.COPY, body, PATIENT_MILLIS).get(20, TimeUnit.SECONDS))
                .isEqualTo(body);
    }

    @Test
    void losesNoBodyOfAnAnswerThatComesAtOnce() throws Exception {
        HttpLinks links = links((from, kind, body) -> CompletableFuture.completedFuture(ascii("here")));
        for (int i = 0; i < 10_000; i++) {
            assertThat(ask(links, Kind.CATALOGUE, new byte[0], PATIENT_MILLIS).get(10, TimeUnit.SECONDS))
                    .as("exchange %s", i)
                    .isEqualTo(ascii("here"));
        }
    }

    @Test
    void answersOthersWhileManyAreParked() throws Exception {
        CompletableFuture<byte[]> parked = new CompletableFuture<>();
        HttpLinks links =
                links((from, kind, body) -> kind == Kind.PULL ? parked : CompletableFuture.completedFuture(body));
        List<CompletableFuture<byte[]>> polls = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            polls.add(ask(links, Kind.PULL, new byte[0], PATIENT_MILLIS));
        }
        assertThat(ask(links, Kind.ANNOUNCE, ascii("news"), PATIENT_MILLIS).get(10, TimeUnit.SECONDS))
                .isEqualTo(ascii("news"));
        parked.complete(ascii("at last"));
        for (CompletableFuture<byte[]> poll : polls) {
            assertThat(poll.get(10, TimeUnit.SECONDS)).isEqualTo(ascii("at last"));
        }
    }

    @Test
    void failsWhenTheAnswerIsLate() {
        HttpLinks links = links((from, kind, body) -> new CompletableFuture<>());
        fails(ask(links, Kind.PULL, new byte[0], 50));
    }

    @Test
    void failsWhenThePeerFails() {
        fails(ask(
                links((from, kind, body) -> CompletableFuture.failedFuture(new IllegalStateException("bug"))),
                Kind.PULL,
                new byte[0],
                PATIENT_MILLIS));
        fails(ask(
                links((from, kind, body) -> {
                    throw new IllegalStateException("bug");
                }),
                Kind.PULL,
                new byte[0],
                PATIENT_MILLIS));
    }

    @Test
    void failsWhenThePeerIsGone() {
        OpenDoor peer = open((from, kind, body) -> new CompletableFuture<>());
        HttpLinks links =
                new HttpLinks(peer.vertx, "us-east-1", region -> Optional.of(new PeerAddress("127.0.0.1", peer.port)));
        CompletableFuture<byte[]> parked = ask(links, Kind.PULL, new byte[0], PATIENT_MILLIS);
        peer.door.close().toCompletableFuture().join();
        fails(parked);
        fails(ask(links, Kind.PULL, new byte[0], PATIENT_MILLIS));
    }

    @Test
    void failsWhenNobodyKnowsWhereThePeerIs() {
        HttpLinks links = links((from, kind, body) -> CompletableFuture.completedFuture(body));
        fails(links.to("mars-1")
                .exchange(new LinkRequest(Kind.PULL, new byte[0], PATIENT_MILLIS))
                .toCompletableFuture());
    }

    @Test
    void failsWhenItIsClosed() {
        HttpLinks links = links((from, kind, body) -> new CompletableFuture<>());
        CompletableFuture<byte[]> parked = ask(links, Kind.PULL, new byte[0], PATIENT_MILLIS);
        links.close();
        fails(parked);
        fails(ask(links, Kind.PULL, new byte[0], PATIENT_MILLIS));
    }

    @Test
    void refusesWhatWasGarbledOnItsWay() throws IOException {
        OpenDoor peer = open((from, kind, body) -> CompletableFuture.completedFuture(body));
        String post = "POST /_meridian/link/v1/pull HTTP/1.1\r\nHost: localhost\r\nx-meridian-from: us-east-1\r\n"
                + "Content-Length: 5\r\n";
        assertThat(peer.exchange(ascii(post + "\r\nhello")).status()).isEqualTo(200);
        assertThat(peer.exchange(ascii(post + "x-meridian-crc32c: 9a71bb4c\r\n\r\nhello"))
                        .status())
                .isEqualTo(200);
        assertThat(peer.exchange(ascii(post + "x-meridian-crc32c: 9a71bb4c\r\n\r\nhallo"))
                        .status())
                .isEqualTo(400);
    }

    @Test
    void refusesMalformedBytes() throws IOException {
        String post = "POST /_meridian/link/v1/pull HTTP/1.1\r\nHost: localhost\r\nx-meridian-from: us-east-1\r\n"
                + "Content-Length: 0\r\n\r\n";
        OpenDoor atOnce = open((from, kind, body) -> {
            throw new MalformedBytesException("torn");
        });
        OpenDoor later = open((from, kind, body) -> CompletableFuture.supplyAsync(() -> {
            throw new MalformedBytesException("torn");
        }));
        assertThat(atOnce.exchange(ascii(post)).status()).isEqualTo(400);
        assertThat(later.exchange(ascii(post)).status()).isEqualTo(400);
    }

    @Test
    void refusesWhatIsNoLinkRequest() throws IOException {
        OpenDoor peer = open((from, kind, body) -> CompletableFuture.completedFuture(body));
        for (String line : new String[] {"pull", "nonsense", ""}) {
            byte[] unnamed = ascii(
                    "POST /_meridian/link/v1/" + line + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n");
            assertThat(peer.exchange(unnamed).status()).as(line).isEqualTo(404);
        }
    }
}
