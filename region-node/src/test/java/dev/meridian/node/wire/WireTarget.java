package dev.meridian.node.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import dev.meridian.node.RegionNode;
import dev.meridian.node.RegionPorts;
import dev.meridian.node.RegionSettings;
import dev.meridian.node.capacity.Shortage;
import dev.meridian.node.http.DoorGate;
import dev.meridian.node.settings.ServiceSettings;
import dev.meridian.storage.memory.MemoryStore;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** What the wire tests talk to: the URL in {@code -Dtarget}, or one region in memory, started once for all of them. */
public final class WireTarget {

    public static final String REGION = "us-east-1";
    private static final String AUTHORIZATION = "Authorization: AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20310506/"
            + REGION + "/dynamodb/aws4_request, SignedHeaders=host;x-amz-date, Signature=0123456789abcdef";
    private static final URI URI_OF_TARGET = target();
    private static final DynamoDbClient CLIENT = connect(URI_OF_TARGET);
    private static final AtomicInteger TABLES = new AtomicInteger();
    private static final String RUN = Long.toString(new Random().nextInt(1 << 30), 36);

    private WireTarget() {}

    private static URI target() {
        String given = System.getProperty("target", "");
        return given.isEmpty()
                ? startRegion(ServiceSettings.defaults(), InstantSource.system(), System::nanoTime)
                : URI.create(given);
    }

    /** Starts a region in memory, set like this. */
    static URI startRegion(ServiceSettings service, InstantSource clock, LongSupplier nanoClock) {
        Vertx vertx = Vertx.vertx(
                new VertxOptions().setEventLoopPoolSize(1).setWorkerPoolSize(1).setInternalBlockingPoolSize(1));
        RegionSettings settings = new RegionSettings(
                REGION,
                "127.0.0.1",
                0,
                List.of(new RegionSettings.Peer(REGION, "127.0.0.1", 0)),
                4,
                false,
                service,
                RegionSettings.ClusterSettings.none());
        RegionPorts ports = new RegionPorts(
                vertx,
                clock,
                nanoClock,
                new Random(7),
                MemoryStore::immediate,
                UnaryOperator.identity(),
                region -> Optional.empty(),
                () -> Shortage.NONE,
                DoorGate.OPEN,
                List.of());
        return URI.create("http://127.0.0.1:"
                + RegionNode.start(settings, ports).toCompletableFuture().join().port());
    }

    /** A client that tries once. */
    static DynamoDbClient connect(URI uri) {
        return DynamoDbClient.builder()
                .overrideConfiguration(client -> client.retryStrategy(DefaultRetryStrategy.doNotRetry()))
                .endpointOverride(uri)
                .region(Region.of(REGION))
                .credentialsProvider(
                        StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIDEXAMPLE", "secret")))
                .httpClient(UrlConnectionHttpClient.create())
                .build();
    }

    public static DynamoDbClient sdk() {
        return CLIENT;
    }

    public static URI uri() {
        return URI_OF_TARGET;
    }

    /** Calls an operation with this JSON. */
    public static RawHttp.Response call(String operation, String json) {
        try (RawHttp http = new RawHttp(URI_OF_TARGET)) {
            return http.exchange(RawHttp.call(operation, json, AUTHORIZATION, "X-Amz-Date: 20310506T070809Z"));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** The answer's JSON; the call must succeed. */
    public static String answer(String operation, String json) {
        RawHttp.Response response = call(operation, json);
        assertThat(response.status()).as(response.text()).isEqualTo(200);
        return response.text();
    }

    /** The call must fail with this type and exactly this text. */
    static void refuses(String operation, String json, String type, String text) {
        RawHttp.Response response = call(operation, json);
        assertThat(response.status()).as(response.text()).isEqualTo(400);
        assertThat(member(response.text(), "__type")).as(response.text()).endsWith("#" + type);
        String upper = member(response.text(), "Message");
        assertThat(upper.isEmpty() ? member(response.text(), "message") : upper)
                .as(operation + " " + json.substring(0, Math.min(200, json.length())))
                .isEqualTo(text);
    }

    static void refusesAsInvalid(String operation, String json, String text) {
        refuses(operation, json, "ValidationException", text);
    }

    static void refusesToRead(String operation, String json, String text) {
        refuses(operation, json, "SerializationException", text);
    }

    /** A member of an object that is a text; empty where there is none. */
    public static String member(String json, String name) {
        try (JsonParser parser = new JsonFactory().createParser(json)) {
            parser.nextToken();
            while (parser.nextToken() != com.fasterxml.jackson.core.JsonToken.END_OBJECT) {
                String found = parser.currentName();
                parser.nextToken();
                if (found.equals(name)) {
                    return parser.getText();
                }
                parser.skipChildren();
            }
            return "";
        } catch (IOException malformed) {
            throw new AssertionError(json, malformed);
        }
    }

    /** Waits until the assertion holds. */
    static void eventually(Runnable assertion) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (true) {
            try {
                assertion.run();
                return;
            } catch (AssertionError notYet) {
                if (System.nanoTime() > deadline) {
                    throw notYet;
                }
            }
        }
    }

    public static String freshName() {
        return "wire-" + RUN + "-" + TABLES.incrementAndGet();
    }

    /** Makes a table with these keys, {@code name:type}, partition key first. */
    static String table(String... keys) {
        String name = freshName();
        answer("CreateTable", createTable(name, "", keys));
        sdk().waiter().waitUntilTableExists(describe -> describe.tableName(name));
        return name;
    }

    /** A CreateTable request; {@code more} is added to it. */
    static String createTable(String name, String more, String... keys) {
        StringBuilder definitions = new StringBuilder();
        StringBuilder schema = new StringBuilder();
        for (int i = 0; i < keys.length; i++) {
            String[] key = keys[i].split(":");
            String comma = i == 0 ? "" : ",";
            definitions
                    .append(comma)
                    .append("{\"AttributeName\":\"")
                    .append(key[0])
                    .append("\",\"AttributeType\":\"")
                    .append(key[1])
                    .append("\"}");
            if (i < 2) {
                schema.append(comma)
                        .append("{\"AttributeName\":\"")
                        .append(key[0])
                        .append("\",\"KeyType\":\"")
                        .append(i == 0 ? "HASH" : "RANGE")
                        .append("\"}");
            }
        }
        return "{\"TableName\":\"" + name + "\",\"BillingMode\":\"PAY_PER_REQUEST\",\"AttributeDefinitions\":["
                + definitions + "],\"KeySchema\":[" + schema + "]" + more + "}";
    }

    /** A request on a table: {@code {"TableName":table, members}}, with {@code '} for {@code "}. */
    static String on(String table, String members) {
        return "{\"TableName\":\"" + table + "\"" + (members.isEmpty() ? "" : ",") + members.replace('\'', '"') + "}";
    }

    static void put(String table, String item) {
        answer("PutItem", on(table, "'Item':" + item));
    }
}
