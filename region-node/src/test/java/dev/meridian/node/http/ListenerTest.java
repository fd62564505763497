package dev.meridian.node.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.meridian.node.wire.RawHttp;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ListenerTest {

    private static final String HOST = "127.0.0.1";
    private static final int LOOPS = 3;
    private static final byte[] REQUEST = RawHttp.ascii("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");

    private final Vertx vertx = Vertx.vertx(
            new VertxOptions().setEventLoopPoolSize(LOOPS).setWorkerPoolSize(1).setInternalBlockingPoolSize(1));

    @AfterEach
    void close() {
        done(vertx.close().toCompletionStage());
    }

    @Test
    void connectionsToOnePortAreSpreadOverTheLoops() throws IOException {
        Listener listener = listener();
        int port = done(listener.open(HOST, 0));
        Set<String> threads = new HashSet<>();
        for (int connection = 0; connection < LOOPS; connection++) {
            try (RawHttp client = new RawHttp(port)) {
                threads.add(client.exchange(REQUEST).text());
            }
        }
        assertThat(threads).hasSize(LOOPS);
    }

    @Test
    void twoThatTakeAnyPortDoNotShareOne() {
        assertThat(done(listener().open(HOST, 0))).isNotEqualTo(done(listener().open(HOST, 0)));
    }

    @Test
    void aClosedOneLetsGoOfItsPortAndOfItsConnections() throws IOException {
        Listener first = listener();
        int port = done(first.open(HOST, 0));
        try (RawHttp client = new RawHttp(port)) {
            client.exchange(REQUEST);
            done(first.close());
            assertThatThrownBy(() -> client.exchange(REQUEST)).isInstanceOf(IOException.class);
        }
        Listener second = listener();
        assertThat(done(second.open(HOST, port))).isEqualTo(port);
        done(second.close());
    }

    @Test
    void aTakenPortIsRefusedAndLeavesNothingOpen() throws IOException {
        Listener listener = listener();
        int port;
        try (ServerSocket taken = new ServerSocket(0)) {
            port = taken.getLocalPort();
            assertThatThrownBy(() -> done(listener.open(HOST, port)))
                    .isInstanceOf(CompletionException.class)
                    .hasCauseInstanceOf(java.net.BindException.class);
        }
        done(listener.close());
        assertThat(done(listener().open(HOST, port))).isEqualTo(port);
    }

    @Test
    void oneThatIsClosedWhileItOpensIsClosed() throws IOException {
        Listener listener = listener();
        CompletableFuture<Integer> opening = listener.open(HOST, 0).toCompletableFuture();
        done(listener.close());
        int port = opening.join();
        assertThatThrownBy(() -> new RawHttp(port)).isInstanceOf(IOException.class);
    }

    private Listener listener() {
        return new Listener(
                vertx,
                LOOPS,
                connection -> {},
                request -> request.response().end(Thread.currentThread().getName()));
    }

    private static <T> T done(CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }
}
