package dev.meridian.node.http;

import static dev.meridian.node.wire.RawHttp.ascii;
import static dev.meridian.node.wire.RawHttp.call;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.meridian.node.wire.RawHttp;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.io.EOFException;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RegionDoorTest {

    private static final OperationHandler ECHO =
            (account, operation, body, answering) -> CompletableFuture.completedFuture(body);

    /** Holds every request back until it is told to let them go. */
    private static final class HoldingGate implements DoorGate {

        private final CountDownLatch arrived = new CountDownLatch(1);
        private final CompletableFuture<Void> opened = new CompletableFuture<>();

        @Override
        public void pass(HttpServerRequest request, Runnable enter) {
            Context context = Vertx.currentContext();
            request.pause();
            arrived.countDown();
            opened.thenRun(() -> context.runOnContext(go -> {
                request.resume();
                enter.run();
            }));
        }
    }

    @Test
    void answersWhatWasHeldBackOnceItMayGoOn() throws Exception {
        HoldingGate gate = new HoldingGate();
        String body = "x".repeat(300_000);
        try (OpenDoor open = new OpenDoor(ECHO, gate, List.of());
                RawHttp http = open.connect()) {
            CompletableFuture<RawHttp.Response> answer = CompletableFuture.supplyAsync(() -> {
                try {
                    return http.exchange(call("GetItem", body));
                } catch (IOException failure) {
                    throw new java.io.UncheckedIOException(failure);
                }
            });
            assertThat(gate.arrived.await(10, TimeUnit.SECONDS)).isTrue();
            gate.opened.complete(null);
            assertThat(answer.get(10, TimeUnit.SECONDS).text()).isEqualTo(body);
        }
    }

    @Test
    void dropsItsConnectionsAndRefusesNewOnesWhenItCloses() throws IOException {
        try (OpenDoor open = new OpenDoor(ECHO);
                RawHttp http = open.connect()) {
            http.exchange(call("GetItem", "{}"));
            open.door.close().toCompletableFuture().join();

            assertThat(http.isClosedByPeer()).isTrue();
            assertThatThrownBy(() -> open.connect()).isInstanceOf(ConnectException.class);
        }
    }

    @Test
    void leavesCallersWithoutAnAnswerWhenItClosesUnderThem() throws Exception {
        CompletableFuture<byte[]> never = new CompletableFuture<>();
        CountDownLatch asked = new CountDownLatch(1);
        try (OpenDoor open = new OpenDoor((account, operation, body, answering) -> {
                    asked.countDown();
                    return never;
                });
                RawHttp http = open.connect()) {
            http.send(call("GetItem", "{}"));
            assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();
            open.door.close().toCompletableFuture().join();
            never.complete(ascii("{}"));
            assertThatThrownBy(http::receive).isInstanceOfAny(EOFException.class, java.net.SocketException.class);
        }
    }

    @Test
    void failsToOpenWhereThePortIsTaken() {
        try (OpenDoor open = new OpenDoor(ECHO)) {
            RegionDoor second = new RegionDoor(
                    Vertx.vertx(),
                    "eu-west-1",
                    ECHO,
                    InstantSource.fixed(OpenDoor.NOW),
                    new Random(2),
                    open.metrics,
                    DoorGate.OPEN,
                    Sessions.NONE,
                    List.of());
            assertThatThrownBy(() -> second.open("127.0.0.1", open.port)
                            .toCompletableFuture()
                            .join())
                    .hasCauseInstanceOf(BindException.class);
        }
    }

    @Test
    void tellsOfItsHealth() throws IOException {
        Map<String, String> states =
                new java.util.concurrent.ConcurrentSkipListMap<>(Map.of("us-east-1", "live", "eu-west-1", "starting"));
        try (OpenDoor open = new OpenDoor(ECHO, DoorGate.OPEN, HealthResource.of(() -> states))) {
            assertThat(status(open, "/health")).isEqualTo(200);
            assertThat(status(open, "/alive")).isEqualTo(200);
            assertThat(status(open, "/startup")).isEqualTo(200);
            assertThat(status(open, "/ready")).isEqualTo(503);
            states.put("eu-west-1", "killed");
            assertThat(status(open, "/ready")).isEqualTo(200);
            assertThat(status(open, "/ready?region=us-east-1")).isEqualTo(200);
            assertThat(status(open, "/ready?region=eu-west-1")).isEqualTo(500);
            assertThat(status(open, "/ready?region=mars-1")).isEqualTo(404);
            assertThat(get(open, "/health").text())
                    .isEqualTo("{\"status\":\"up\",\"regions\":{\"eu-west-1\":\"killed\",\"us-east-1\":\"live\"}}");
        }
    }

    private static RawHttp.Response get(OpenDoor open, String path) throws IOException {
        return open.exchange(ascii("GET " + path + " HTTP/1.1\r\nHost: x\r\n\r\n"));
    }

    private static int status(OpenDoor open, String path) throws IOException {
        return get(open, path).status();
    }
}
