package dev.meridian.chaos.drill;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a drill asks for to get rid of its table, by what regions answer. */
class DrillTableTest {

    private static final String ALONE = "{\"Table\":{\"TableStatus\":\"ACTIVE\"}}";
    private static final String TWO =
            "{\"Table\":{\"TableStatus\":\"ACTIVE\",\"Replicas\":[{\"RegionName\":\"eu-west-1\","
                    + "\"ReplicaStatus\":\"ACTIVE\"}]}}";
    private static final String BROKEN = "{\"__type\":\"com.amazonaws.dynamodb.v20120810#InternalServerError\"}";
    private static final String GONE = "{\"__type\":\"com.amazonaws.dynamodb.v20120810#ResourceNotFoundException\"}";

    private static final long NANOS_A_MILLI = 1_000_000;

    private final Queue<String> descriptions = new ArrayDeque<>();
    private final List<String> asked = new ArrayList<>();
    private final AtomicLong nanos = new AtomicLong();
    private final HttpServer server = server();

    private static HttpServer server() {
        try {
            return HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        } catch (IOException failure) {
            throw new AssertionError(failure);
        }
    }

    @BeforeEach
    void start() {
        server.createContext("/", exchange -> {
            String operation =
                    exchange.getRequestHeaders().getFirst("X-Amz-Target").replaceFirst(".*\\.", "");
            exchange.getRequestBody().readAllBytes();
            asked.add(operation);
            String said = operation.equals("DescribeTable") ? description() : "{}";
            byte[] answer = said.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
    }

    /** The next, the last of them again and again. */
    private String description() {
        return descriptions.size() > 1 ? descriptions.remove() : descriptions.element();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private String createdAndDeleted(String... later) {
        descriptions.add(TWO);
        DrillTable table = new DrillTable(
                new MeridianClient("http://127.0.0.1:" + server.getAddress().getPort()),
                "drill-tidy",
                Drill.Topology.eventual(List.of("us-east-1", "eu-west-1"), "none"),
                nanos::get,
                () -> nanos.addAndGet(NANOS_A_MILLI));
        table.create();
        descriptions.clear();
        descriptions.addAll(List.of(later));
        asked.clear();
        return table.delete(10 * NANOS_A_MILLI);
    }

    @Test
    void replicasGoFirst() {
        assertThat(createdAndDeleted(TWO, ALONE, GONE)).isEqualTo("table drill-tidy deleted");
        assertThat(asked)
                .containsExactly("DescribeTable", "UpdateTable", "DescribeTable", "DeleteTable", "DescribeTable");
    }

    @Test
    void aRegionThatDoesNotSayWhereTheTableStandsLosesItNotYet() {
        assertThat(createdAndDeleted(BROKEN, TWO, ALONE, GONE)).isEqualTo("table drill-tidy deleted");
        assertThat(asked).startsWith("DescribeTable", "DescribeTable", "UpdateTable");
    }

    @Test
    void whatCannotBeDeletedIsSaidToBeLeft() {
        assertThat(createdAndDeleted(BROKEN))
                .isEqualTo("table drill-tidy could not be deleted, and is left behind: " + BROKEN);
        assertThat(asked).containsOnly("DescribeTable");
    }

    @Test
    void whatWasNotMadeIsNotDeleted() {
        DrillTable table = new DrillTable(
                new MeridianClient("http://127.0.0.1:" + server.getAddress().getPort()),
                "drill-tidy",
                Drill.Topology.eventual(List.of("us-east-1", "eu-west-1"), "none"),
                nanos::get,
                () -> nanos.addAndGet(NANOS_A_MILLI));
        assertThat(table.delete(10 * NANOS_A_MILLI)).isEqualTo("no table was made");
        assertThat(asked).isEmpty();
    }
}
