package dev.meridian.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.meridian.chaos.fault.FaultBoard;
import dev.meridian.chaos.world.KillMode;
import dev.meridian.chaos.world.ProcessWorld;
import dev.meridian.chaos.world.World;
import dev.meridian.node.http.FrontDoor;
import io.vertx.core.Vertx;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;

/** Three regions, a process each: one is killed with SIGKILL while it writes; the others have all it acknowledged. */
class StrongIsolatedRegionsTest {

    private static final List<String> REGIONS = List.of("us-east-1", "eu-west-1", "ap-southeast-2");
    private static final int WRITES_BEFORE_KILL = 60;

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
                        REGIONS,
                        region -> 0,
                        KillMode.REFUSE,
                        new FaultBoard(Map.of()),
                        InstantSource.system(),
                        region -> {},
                        this::command))
                .toCompletableFuture()
                .join();
        started = world;
        FrontDoor door = new FrontDoor(vertx, world.regions(), world::target, List.of());
        front = "http://127.0.0.1:"
                + door.open("127.0.0.1", 0).toCompletableFuture().join();
    }

    private List<String> command(String region, int port) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:+UseSerialGC", "-Xmx256m"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Meridian.class.getName()));
        command.addAll(List.of("node", "--directed", "--no-cluster", "--no-global-tables", "--region", region));
        command.addAll(List.of("--port", Integer.toString(port), "--data", data.toString()));
        REGIONS.forEach(peer -> command.addAll(List.of("--peer", peer + "=127.0.0.1:0")));
        return command;
    }

    @AfterEach
    void stop() {
        world().stop().toCompletableFuture().join();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private World world() {
        return Objects.requireNonNull(started);
    }

    @Test
    void nothingAcknowledgedIsLostWithAKilledProcess() throws InterruptedException {
        try (DynamoDbClient us = client(REGIONS.get(0));
                DynamoDbClient eu = client(REGIONS.get(1))) {
            makeTable(us);
            await(() -> isWhole(eu));
            ConcurrentLinkedQueue<String> acknowledged = new ConcurrentLinkedQueue<>();
            Thread writer = new Thread(() -> writeUntilItFails(us, acknowledged), "writer");
            writer.start();
            await(() -> acknowledged.size() >= WRITES_BEFORE_KILL);
            world().kill(REGIONS.get(0)).toCompletableFuture().join();
            writer.join();
            for (String id : acknowledged) {
                assertThat(eu.getItem(request -> request.tableName("orders")
                                        .key(Map.of("id", AttributeValue.fromS(id)))
                                        .consistentRead(true))
                                .hasItem())
                        .as(id)
                        .isTrue();
            }
            assertThat(eu.scan(request -> request.tableName("orders").consistentRead(true))
                            .count())
                    .isBetween(acknowledged.size(), acknowledged.size() + 1);
        }
    }

    private static void writeUntilItFails(DynamoDbClient client, ConcurrentLinkedQueue<String> acknowledged) {
        try {
            for (int n = 0; ; n++) {
                String id = "order-" + n;
                client.putItem(request -> request.tableName("orders").item(Map.of("id", AttributeValue.fromS(id))));
                acknowledged.add(id);
            }
        } catch (SdkException dead) {
            // The region is gone.
        }
    }

    private static void makeTable(DynamoDbClient us) {
        us.createTable(request -> request.tableName("orders")
                .billingMode("PAY_PER_REQUEST")
                .attributeDefinitions(one -> one.attributeName("id").attributeType("S"))
                .keySchema(one -> one.attributeName("id").keyType("HASH")));
        us.waiter().waitUntilTableExists(request -> request.tableName("orders"));
        us.updateTable(request -> request.tableName("orders")
                .multiRegionConsistency("STRONG")
                .replicaUpdates(
                        one -> one.create(create -> create.regionName(REGIONS.get(1))),
                        one -> one.create(create -> create.regionName(REGIONS.get(2)))));
        await(() -> isWhole(us));
    }

    private static boolean isWhole(DynamoDbClient client) {
        try {
            TableDescription table =
                    client.describeTable(request -> request.tableName("orders")).table();
            return table.tableStatusAsString().equals("ACTIVE")
                    && table.replicas().size() == 2
                    && table.replicas().stream()
                            .allMatch(replica -> replica.replicaStatusAsString().equals("ACTIVE"));
        } catch (ResourceNotFoundException notYet) {
            return false;
        }
    }

    private static void await(java.util.function.BooleanSupplier condition) {
        long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("in time").isLessThan(deadline);
            Thread.onSpinWait();
        }
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
}
