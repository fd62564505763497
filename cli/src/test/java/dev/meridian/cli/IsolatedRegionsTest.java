package dev.meridian.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.meridian.chaos.control.ControlResource;
import dev.meridian.chaos.fault.FaultBoard;
import dev.meridian.chaos.world.KillMode;
import dev.meridian.chaos.world.ProcessWorld;
import dev.meridian.chaos.world.World;
import dev.meridian.node.http.FrontDoor;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/** Two regions, a process each: one is killed with SIGKILL between writes, and frozen, and loses nothing. */
class IsolatedRegionsTest {

    private static final String US = "us-east-1";
    private static final String EU = "eu-west-1";

    @TempDir
    private Path data = Path.of("");

    private final Vertx vertx = Vertx.vertx();
    private @Nullable World started;
    private String front = "";

    @BeforeEach
    void start() {
        World world = ProcessWorld.start(new ProcessWorld.Setting(
                        vertx,
                        "127.0.0.1",
                        List.of(US, EU),
                        region -> 0,
                        KillMode.REFUSE,
                        new FaultBoard(Map.of()),
                        InstantSource.system(),
                        region -> {},
                        this::command))
                .toCompletableFuture()
                .join();
        started = world;
        FrontDoor door = new FrontDoor(
                vertx,
                world.regions(),
                world::target,
                List.of(new ControlResource(vertx, world, "127.0.0.1", System::nanoTime)));
        front = "http://127.0.0.1:"
                + door.open("127.0.0.1", 0).toCompletableFuture().join();
    }

    private World world() {
        return Objects.requireNonNull(started);
    }

    private List<String> command(String region, int port) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:+UseSerialGC", "-Xmx256m"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Meridian.class.getName()));
        command.addAll(List.of("node", "--directed", "--no-cluster", "--region", region));
        command.addAll(List.of("--port", Integer.toString(port), "--data", data.toString()));
        command.addAll(List.of("--peer", US + "=127.0.0.1:0", "--peer", EU + "=127.0.0.1:0"));
        return command;
    }

    @AfterEach
    void stop() {
        world().stop().toCompletableFuture().join();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private DynamoDbClient client(String region) {
        return DynamoDbClient.builder()
                .endpointOverride(URI.create(front))
                .region(Region.of(region))
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("any", "thing")))
                .httpClient(UrlConnectionHttpClient.builder()
                        .socketTimeout(Duration.ofSeconds(20))
                        .build())
                .overrideConfiguration(config -> config.retryStrategy(strategy -> strategy.maxAttempts(1)))
                .build();
    }

    private static void put(DynamoDbClient client, String id) {
        client.putItem(request -> request.tableName("cart").item(Map.of("id", AttributeValue.fromS(id))));
    }

    /** Until the region knows that the other's replica is ready. */
    private static void awaitReplica(DynamoDbClient client) {
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (client.describeTable(request -> request.tableName("cart")).table().replicas().stream()
                .noneMatch(replica -> replica.replicaStatusAsString().equals("ACTIVE"))) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("the replica is not ready in time");
            }
            Thread.onSpinWait();
        }
    }

    private String control(String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(front + "/_meridian/v1/" + path))
                .POST(HttpRequest.BodyPublishers.ofString("{}"))
                .build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofString())
                .body();
    }

    @Test
    void aRegionThatIsKilledAndFrozenLosesNothing() throws IOException, InterruptedException {
        try (DynamoDbClient us = client(US);
                DynamoDbClient eu = client(EU)) {
            us.createTable(request -> request.tableName("cart")
                    .billingMode(BillingMode.PAY_PER_REQUEST)
                    .attributeDefinitions(AttributeDefinition.builder()
                            .attributeName("id")
                            .attributeType(ScalarAttributeType.S)
                            .build())
                    .keySchema(KeySchemaElement.builder()
                            .attributeName("id")
                            .keyType(KeyType.HASH)
                            .build()));
            for (DynamoDbClient client : List.of(us, eu)) {
                client.waiter().waitUntilTableExists(request -> request.tableName("cart"));
                awaitReplica(client);
            }

            // 1: cut off, it takes writes that nobody else has, and dies at once after them.
            control("links/us-east-1/eu-west-1:cut");
            for (int n = 0; n < 50; n++) {
                put(us, "us-" + n);
            }
            control("regions/us-east-1:kill");
            assertThat(world().state(US)).isEqualTo(World.State.KILLED);
            try {
                put(us, "late");
                throw new AssertionError("a killed region has answered");
            } catch (SdkClientException refused) {
                assertThat(world().state(EU)).isEqualTo(World.State.LIVE);
            }
            put(eu, "eu-1");

            // 2: it comes back from its disk, the link is mended, and the other gets what was acknowledged.
            control("heal");
            assertThat(control("converge")).contains("\"converged\":true");
            for (DynamoDbClient client : List.of(us, eu)) {
                assertThat(client.scan(request -> request.tableName("cart")).count())
                        .isEqualTo(51);
            }

            // 3: frozen, it stands still; the other goes on; awake, it catches up.
            control("regions/eu-west-1:pause");
            put(us, "while-frozen");
            control("regions/eu-west-1:heal");
            assertThat(control("converge")).contains("\"converged\":true");
            assertThat(eu.scan(request -> request.tableName("cart")).count()).isEqualTo(52);
        }
    }
}
