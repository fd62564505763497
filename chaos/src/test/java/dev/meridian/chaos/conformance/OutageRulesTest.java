package dev.meridian.chaos.conformance;

import static dev.meridian.chaos.story.Regions.AP;
import static dev.meridian.chaos.story.Regions.EU;
import static dev.meridian.chaos.story.Regions.US;
import static dev.meridian.chaos.story.StrongTable.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.meridian.chaos.drill.fault.NewConnectionsFail;
import dev.meridian.chaos.story.Regions;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What clients of a global table saw in October 2025, when the name of one region's endpoint led nowhere. Only Meridian is asked. */
class OutageRulesTest {

    private static final long LAG_MILLIS = 5_000;
    private static final int BACKLOG = 200;

    private static Regions regions;

    @BeforeAll
    static void start() {
        regions = Regions.inMemory();
    }

    @AfterAll
    static void stop() {
        regions.close();
    }

    @Test
    @Rule(62)
    void newConnectionsFailOldOnesLiveReplicationLagsBothWaysAndThenAllComesAtOnce() throws Exception {
        regions.createTable("orders");
        HttpClient old = HttpClient.newHttpClient();
        assertThat(put(old, "before")).isEqualTo(200);
        assertThat(regions.converge()).isTrue();
        NewConnectionsFail outage = new NewConnectionsFail(US, List.of(EU, AP), LAG_MILLIS);
        outage.begin(regions.world()).toCompletableFuture().join();

        // 1: who has a connection goes on writing, and nobody new gets one; the other regions serve everybody.
        for (int i = 0; i < BACKLOG; i++) {
            assertThat(put(old, "v" + i)).isEqualTo(200);
        }
        assertThat(regions.get(EU, "orders", "v" + (BACKLOG - 1)))
                .as("out of Virginia, a moment later")
                .isEmpty();
        assertThatExceptionOfType(IOException.class).isThrownBy(() -> put(HttpClient.newHttpClient(), "stranger"));
        // 2: between the others nothing lags; into the region everything does too.
        regions.put(EU, "orders", "elsewhere", "written in Dublin");
        await(() -> regions.get(AP, "orders", "elsewhere").equals("written in Dublin"));
        assertThat(read(old, "elsewhere")).as("into Virginia").doesNotContain("written in Dublin");

        // 3: it is over, and what waited floods in.
        outage.end(regions.world()).toCompletableFuture().join();
        assertThat(put(HttpClient.newHttpClient(), "stranger")).isEqualTo(200);
        await(() -> regions.get(EU, "orders", "v" + (BACKLOG - 1)).equals("from Virginia"));
        await(() -> regions.get(US, "orders", "elsewhere").equals("written in Dublin"));
        assertThat(regions.converge()).isTrue();
        for (String region : List.of(US, EU, AP)) {
            assertThat(count(region)).as(region).isEqualTo(BACKLOG + 3);
        }
    }

    private static int put(HttpClient client, String id) throws IOException, InterruptedException {
        return send(
                        client,
                        "PutItem",
                        "{\"TableName\":\"orders\",\"Item\":{\"id\":{\"S\":\"" + id
                                + "\"},\"v\":{\"S\":\"from Virginia\"}}}")
                .statusCode();
    }

    private static String read(HttpClient client, String id) throws IOException, InterruptedException {
        return send(client, "GetItem", "{\"TableName\":\"orders\",\"Key\":{\"id\":{\"S\":\"" + id + "\"}}}")
                .body();
    }

    private static HttpResponse<String> send(HttpClient client, String operation, String body)
            throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + regions.frontPort()))
                        .version(HttpClient.Version.HTTP_1_1)
                        .header("Content-Type", "application/x-amz-json-1.0")
                        .header("X-Amz-Target", "DynamoDB_20120810." + operation)
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static int count(String region) {
        return regions.client(region)
                .scan(request -> request.tableName("orders"))
                .count();
    }
}
