package dev.meridian.chaos.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.meridian.chaos.story.Regions;
import dev.meridian.node.settings.ServiceSettings;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClientBuilder;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ReplicaDescription;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;

/**
 * Two regions that hold global tables: those in {@code -Dtarget=us-east-1=http://host:port,eu-west-1=http://…}, those of the
 * service itself with {@code -Dtarget=aws} and the usual credentials, or Meridian's, started for the tests.
 */
final class GlobalTarget implements AutoCloseable {

    static final String HOME = Regions.US;
    static final String AWAY = Regions.EU;

    private static final AtomicInteger TABLES = new AtomicInteger();
    private static final String RUN = Long.toString(new Random().nextInt(1 << 30), 36);

    private final Map<String, DynamoDbClient> clients = new LinkedHashMap<>();
    private final Duration patience;
    private final AutoCloseable regions;

    private GlobalTarget(Map<String, DynamoDbClient> clients, Duration patience, AutoCloseable regions) {
        this.clients.putAll(clients);
        this.patience = patience;
        this.regions = regions;
    }

    /** What {@code -Dtarget} names, or Meridian. */
    static GlobalTarget any() {
        String target = System.getProperty("target", "");
        if (target.isEmpty()) {
            return meridian("");
        }
        Map<String, DynamoDbClient> clients = new LinkedHashMap<>();
        if (target.equals("aws")) {
            for (String region : List.of(HOME, AWAY)) {
                clients.put(region, builder(region).build());
            }
            return new GlobalTarget(clients, Duration.ofMinutes(20), () -> {});
        }
        for (String entry : target.split(",", -1)) {
            String[] parts = entry.split("=", 2);
            clients.put(
                    parts[0],
                    builder(parts[0])
                            .endpointOverride(URI.create(parts[1]))
                            .credentialsProvider(StaticCredentialsProvider.create(
                                    AwsBasicCredentials.create("AKIDEXAMPLE", "secret")))
                            .build());
        }
        return new GlobalTarget(clients, Duration.ofMinutes(2), () -> {});
    }

    /** Meridian with these service settings, in HOCON. */
    static GlobalTarget meridian(String service) {
        Regions regions = Regions.withService(ServiceSettings.of(service));
        return new GlobalTarget(
                Map.of(HOME, regions.client(HOME), AWAY, regions.client(AWAY)), Duration.ofSeconds(30), regions);
    }

    private static DynamoDbClientBuilder builder(String region) {
        return DynamoDbClient.builder().region(Region.of(region)).httpClient(UrlConnectionHttpClient.create());
    }

    DynamoDbClient home() {
        return in(HOME);
    }

    DynamoDbClient away() {
        return in(AWAY);
    }

    DynamoDbClient in(String region) {
        DynamoDbClient client = clients.get(region);
        if (client == null) {
            throw new AssertionError("-Dtarget names no " + region);
        }
        return client;
    }

    static String freshName() {
        return "rules-" + RUN + "-" + TABLES.incrementAndGet();
    }

    /** Makes a table at home, with the string key {@code id}. */
    String table() {
        return table(request -> {});
    }

    String table(Consumer<CreateTableRequest.Builder> more) {
        return tableIn(HOME, more);
    }

    String tableIn(String region, Consumer<CreateTableRequest.Builder> more) {
        String name = freshName();
        create(region, name, more);
        return name;
    }

    void create(String region, String name, Consumer<CreateTableRequest.Builder> more) {
        in(region)
                .createTable(request -> more.accept(request.tableName(name)
                        .billingMode(BillingMode.PAY_PER_REQUEST)
                        .attributeDefinitions(AttributeDefinition.builder()
                                .attributeName("id")
                                .attributeType(ScalarAttributeType.S)
                                .build())
                        .keySchema(KeySchemaElement.builder()
                                .attributeName("id")
                                .keyType(KeyType.HASH)
                                .build())));
        await(() -> status(region, name).equals("ACTIVE"));
    }

    /** Makes a table at home with a replica away. */
    String globalTable() {
        String name = table();
        addReplica(name);
        return name;
    }

    /** Adds the replica and waits until both regions have it. */
    void addReplica(String name) {
        home().updateTable(request ->
                request.tableName(name).replicaUpdates(update -> update.create(region -> region.regionName(AWAY))));
        awaitReplica(name);
    }

    void awaitReplica(String name) {
        await(() -> status(AWAY, name).equals("ACTIVE")
                && status(HOME, name).equals("ACTIVE")
                && replicas(HOME, name).equals(Map.of(AWAY, "ACTIVE"))
                && replicas(AWAY, name).equals(Map.of(HOME, "ACTIVE")));
    }

    TableDescription describe(String region, String name) {
        return in(region).describeTable(request -> request.tableName(name)).table();
    }

    /** A table's status; empty where there is none. */
    String status(String region, String name) {
        try {
            return describe(region, name).tableStatusAsString();
        } catch (ResourceNotFoundException none) {
            return "";
        }
    }

    /** The other regions of a table, and the status of the replica there. */
    Map<String, String> replicas(String region, String name) {
        Map<String, String> replicas = new LinkedHashMap<>();
        for (ReplicaDescription replica : describe(region, name).replicas()) {
            replicas.put(replica.regionName(), replica.replicaStatusAsString());
        }
        return replicas;
    }

    void put(String region, String table, String id, String value) {
        in(region)
                .putItem(request -> request.tableName(table)
                        .item(Map.of("id", AttributeValue.fromS(id), "v", AttributeValue.fromS(value))));
    }

    /** The value of an item; empty where there is none. */
    String get(String region, String table, String id) {
        AttributeValue value = in(region)
                .getItem(request -> request.tableName(table)
                        .key(Map.of("id", AttributeValue.fromS(id)))
                        .consistentRead(true))
                .item()
                .get("v");
        return value == null ? "" : value.s();
    }

    /** Waits until something becomes true, however long the target may take for it. */
    void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("in time").isLessThan(deadline);
            Thread.onSpinWait();
        }
    }

    /** The call must fail with this type and this text. */
    static void refuses(String type, String text, ThrowingCallable call) {
        DynamoDbException refused = catchThrowableOfType(DynamoDbException.class, call);
        assertThat(refused).isNotNull();
        assertThat(refused.awsErrorDetails().errorCode()).isEqualTo(type);
        assertThat(refused.awsErrorDetails().errorMessage()).contains(text);
    }

    @Override
    public void close() throws Exception {
        clients.values().forEach(DynamoDbClient::close);
        regions.close();
    }
}
