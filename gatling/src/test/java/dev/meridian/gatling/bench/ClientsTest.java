package dev.meridian.gatling.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ClientsTest {

    private static final int MORE_THAN_A_SOCKET_TAKES_AT_ONCE = 8 << 20;

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private HttpServer server;
    private URI url;

    /** Answers each request with its own body, in chunks where the operation says so. */
    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", ClientsTest::echo);
        server.start();
        url = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    private static void echo(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        boolean isChunked =
                exchange.getRequestHeaders().getFirst("X-Amz-Target").endsWith(".Chunked");
        exchange.sendResponseHeaders(200, isChunked ? 0 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @AfterEach
    void stop() {
        server.stop(0);
        threads.shutdownNow();
    }

    @Test
    void everyScriptIsSentToItsEndAndGetsItsOwnAnswers() throws Exception {
        List<Counting> scripts = IntStream.range(0, 9)
                .mapToObj(number -> new Counting(number, 20, 0))
                .toList();
        Clients.run(url, scripts);
        for (Counting script : scripts) {
            assertThat(script.answers).isEqualTo(script.requests).hasSize(20);
        }
    }

    @Test
    void noRequestIsSentBeforeItIsDue() throws Exception {
        long between = TimeUnit.MILLISECONDS.toNanos(5);
        List<Counting> scripts = IntStream.range(0, 3)
                .mapToObj(number -> new Counting(number, 6, between))
                .toList();
        Clients.run(url, scripts);
        for (Counting script : scripts) {
            assertThat(script.answers).hasSize(6);
            assertThat(script.early).isZero();
        }
    }

    @Test
    void whatDoesNotGoIntoASocketAtOnceIsSentInParts() throws Exception {
        String large = "x".repeat(MORE_THAN_A_SOCKET_TAKES_AT_ONCE);
        assertThat(Clients.ask(url, new Request("Whole", large)).body()).isEqualTo(large);
        assertThat(Clients.ask(url, new Request("Chunked", large)).body()).isEqualTo(large);
    }

    @Test
    void aScriptThatFailsEndsTheRun() {
        Script refusing = new Counting(0, 5, 0) {
            @Override
            public void answered(Answer answer) throws IOException {
                throw new IOException("not what was asked for");
            }
        };
        assertThatThrownBy(() -> Clients.run(url, List.of(refusing))).hasRootCauseMessage("not what was asked for");
    }

    /** So many requests, each with the script's number and its own. */
    private static class Counting implements Script {

        private final int number;
        private final int count;
        private final long between;
        private final List<String> requests = new ArrayList<>();
        private final List<String> answers = new ArrayList<>();
        private long due = System.nanoTime();
        private int early;

        private Counting(int number, int count, long nanosBetween) {
            this.number = number;
            this.count = count;
            this.between = nanosBetween;
        }

        @Override
        public boolean hasNext() {
            return requests.size() < count;
        }

        @Override
        public long dueNanos() {
            return due;
        }

        @Override
        public Request next() {
            if (System.nanoTime() < due) {
                early++;
            }
            due += between;
            requests.add(number + " " + requests.size());
            return new Request("Whole", requests.get(requests.size() - 1));
        }

        @Override
        public void answered(Answer answer) throws IOException {
            answers.add(answer.body());
        }
    }
}
