package dev.meridian.chaos.story;

import dev.meridian.chaos.control.ControlIndex;
import dev.meridian.chaos.control.ControlResource;
import dev.meridian.chaos.control.DoorFaults;
import dev.meridian.chaos.fault.FaultBoard;
import dev.meridian.chaos.fault.LatencyPreset;
import dev.meridian.chaos.route.HealthChecks;
import dev.meridian.chaos.route.RegionRouting;
import dev.meridian.chaos.route.RouteResource;
import dev.meridian.chaos.route.RouteSettings;
import dev.meridian.chaos.world.InProcessWorld;
import dev.meridian.chaos.world.KillMode;
import dev.meridian.chaos.world.World;
import dev.meridian.node.RegionSettings;
import dev.meridian.node.http.FrontDoor;
import dev.meridian.node.http.GatheredMetrics;
import dev.meridian.node.http.HealthResource;
import dev.meridian.node.http.HttpResource;
import dev.meridian.node.settings.ServiceSettings;
import dev.meridian.storage.OrderedStore;
import dev.meridian.storage.memory.MemoryStore;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.retry.RetryMode;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/** Three regions in this process, an SDK client for each, and a hand on the faults. */
public final class Regions implements AutoCloseable {

    public static final String US = "us-east-1";
    public static final String EU = "eu-west-1";
    public static final String AP = "ap-southeast-2";

    private final Vertx vertx = Vertx.vertx();
    private final World world;
    private final FrontDoor door;
    private final HealthChecks checks;
    private final int port;
    private final Map<String, DynamoDbClient> clients = new ConcurrentHashMap<>();

    private Regions(Function<String, Supplier<OrderedStore>> stores, boolean globalTables, ServiceSettings service) {
        List<RegionSettings.Peer> peers = List.of(
                new RegionSettings.Peer(US, "127.0.0.1", 0),
                new RegionSettings.Peer(EU, "127.0.0.1", 0),
                new RegionSettings.Peer(AP, "127.0.0.1", 0));
        List<String> names = List.of(US, EU, AP);
        world = InProcessWorld.start(new InProcessWorld.Setting(
                        vertx,
                        "127.0.0.1",
                        peers,
                        4,
                        globalTables,
                        service,
                        KillMode.REFUSE,
                        new FaultBoard(LatencyPreset.of("none", names)),
                        stores,
                        region -> {},
                        InstantSource.system(),
                        System::nanoTime,
                        new Random(1)))
                .toCompletableFuture()
                .join();
        RegionRouting routing = new RegionRouting(world, RouteSettings.DEFAULT, System::nanoTime);
        checks = new HealthChecks(vertx, world, "127.0.0.1", routing);
        door = new FrontDoor(vertx, names, world::target, routing, resources(routing));
        checks.start();
        port = door.open("127.0.0.1", 0).toCompletableFuture().join();
    }

    private List<HttpResource> resources(RegionRouting routing) {
        Supplier<Map<String, String>> states = () -> world.states().entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, state -> state.getValue().name().toLowerCase(Locale.ROOT)));
        List<HttpResource> resources = new ArrayList<>(HealthResource.of(states));
        resources.add(new RouteResource(world, routing));
        resources.add(new ControlResource(vertx, world, "127.0.0.1", System::nanoTime));
        resources.add(new DoorFaults(world));
        resources.add(new GatheredMetrics(vertx, states, Map::of, page -> {}));
        resources.add(new ControlIndex());
        return resources;
    }

    /** Regions that keep their data in memory, also while they are killed. */
    public static Regions inMemory() {
        return globalWith(ServiceSettings.defaults());
    }

    /** The same, with other service settings. */
    public static Regions globalWith(ServiceSettings service) {
        Map<String, MemoryStore> memories = new ConcurrentHashMap<>();
        return new Regions(
                region -> () -> memories.compute(
                        region, (name, last) -> last == null ? MemoryStore.immediate() : last.crash(0)),
                true,
                service);
    }

    /** Regions in memory where tables get replicas only when they are asked for. */
    public static Regions withService(ServiceSettings service) {
        return new Regions(region -> MemoryStore::immediate, false, service);
    }

    /** Regions with stores of the caller's where tables get replicas only when they are asked for. */
    public static Regions regionalWith(Function<String, Supplier<OrderedStore>> stores) {
        return new Regions(stores, false, ServiceSettings.defaults());
    }

    /** Regions with stores of the caller's. */
    public static Regions with(Function<String, Supplier<OrderedStore>> stores) {
        return new Regions(stores, true, ServiceSettings.defaults());
    }

    public World world() {
        return world;
    }

    public int frontPort() {
        return port;
    }

    /** A client of one region, through the front door; it does not try again. */
    public DynamoDbClient client(String region) {
        return clients.computeIfAbsent(region, name -> client(name, port));
    }

    /** A client that signs for a region and talks to a port. */
    public static DynamoDbClient client(String region, int port) {
        return DynamoDbClient.builder()
                .endpointOverride(URI.create("http://127.0.0.1:" + port))
                .region(Region.of(region))
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("any", "thing")))
                .httpClient(UrlConnectionHttpClient.builder()
                        .socketTimeout(Duration.ofSeconds(20))
                        .build())
                .overrideConfiguration(config ->
                        config.retryStrategy(RetryMode.STANDARD).retryStrategy(strategy -> strategy.maxAttempts(1)))
                .build();
    }

    /** Creates a table with the string key {@code id}, and waits until every region has it. */
    public void createTable(String name) {
        client(US)
                .createTable(request -> request.tableName(name)
                        .billingMode(BillingMode.PAY_PER_REQUEST)
                        .attributeDefinitions(AttributeDefinition.builder()
                                .attributeName("id")
                                .attributeType(ScalarAttributeType.S)
                                .build())
                        .keySchema(KeySchemaElement.builder()
                                .attributeName("id")
                                .keyType(KeyType.HASH)
                                .build()));
        for (String region : List.of(US, EU, AP)) {
            awaitReplicas(region, name);
        }
    }

    private void awaitReplicas(String region, String name) {
        DynamoDbClient client = client(region);
        client.waiter().waitUntilTableExists(request -> request.tableName(name));
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (client.describeTable(request -> request.tableName(name)).table().replicas().stream()
                        .filter(replica -> replica.replicaStatusAsString().equals("ACTIVE"))
                        .count()
                < 2) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError(region + " does not see every replica of " + name);
            }
            Thread.onSpinWait();
        }
    }

    public void put(String region, String table, String id, String value) {
        client(region)
                .putItem(request -> request.tableName(table)
                        .item(Map.of("id", AttributeValue.fromS(id), "v", AttributeValue.fromS(value))));
    }

    /** The value of an item in a region; empty where there is none. */
    public String get(String region, String table, String id) {
        AttributeValue value = client(region)
                .getItem(request -> request.tableName(table).key(Map.of("id", AttributeValue.fromS(id))))
                .item()
                .get("v");
        return value == null ? "" : value.s();
    }

    /** Waits until all live regions hold the same; false where they do not in time. */
    public boolean converge() {
        return control("POST", "converge", "{\"timeoutMillis\":30000}").contains("\"converged\":true");
    }

    /** Calls the control API. */
    public String control(String method, String path, String body) {
        try {
            HttpRequest request = HttpRequest.newBuilder(
                            URI.create("http://127.0.0.1:" + port + "/_meridian/v1/" + path))
                    .method(method, HttpRequest.BodyPublishers.ofString(body))
                    .build();
            return HttpClient.newHttpClient()
                    .send(request, HttpResponse.BodyHandlers.ofString())
                    .body();
        } catch (IOException | InterruptedException failure) {
            throw new AssertionError(failure);
        }
    }

    @Override
    public void close() {
        clients.values().forEach(DynamoDbClient::close);
        checks.stop();
        door.close().toCompletableFuture().join();
        world.stop().toCompletableFuture().join();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
