package dev.meridian.node.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.meridian.node.wire.RawHttp;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServer;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class HeaderDeadlineTest {

    private static final int DEADLINE_MILLIS = 200;

    @Test
    void aClientThatDripsItsHeadersIsCutOffAndOneThatSpokeIsNot() throws IOException, InterruptedException {
        Vertx vertx = Vertx.vertx(
                new VertxOptions().setEventLoopPoolSize(1).setWorkerPoolSize(1).setInternalBlockingPoolSize(1));
        try {
            HeaderDeadline deadline = new HeaderDeadline(vertx, DEADLINE_MILLIS);
            HttpServer server = vertx.createHttpServer(Listener.options())
                    .connectionHandler(deadline::connected)
                    .requestHandler(request -> {
                        deadline.heard(request);
                        request.response().end("heard");
                    });
            int port = server.listen(0, "127.0.0.1")
                    .toCompletionStage()
                    .toCompletableFuture()
                    .join()
                    .actualPort();
            try (RawHttp polite = new RawHttp(port);
                    Socket dripping = new Socket("127.0.0.1", port)) {
                byte[] whole = RawHttp.ascii("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
                assertThat(polite.exchange(whole).text()).isEqualTo("heard");
                dripping.setSoTimeout(5_000);
                dripping.getOutputStream().write("GET / HTTP/1.1\r\nHo".getBytes(StandardCharsets.US_ASCII));
                assertThat(dripping.getInputStream().read()).as("the end").isEqualTo(-1);
                assertThat(polite.exchange(whole).text()).isEqualTo("heard");
            }
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().join();
        }
    }
}
