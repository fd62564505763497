package dev.meridian.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
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

/**
 * {@code meridian up --isolated} with a front door that chooses, and the region it has chosen killed with SIGKILL: the application, which
 * knows nothing of it, writes again within the time that the checks take, and no write it was told of is lost. In the control case, where
 * the client chooses, it does not write again until the region is back.
 */
class FrontDoorFailoverTest {

    private static final String US = "us-east-1";
    private static final String EU = "eu-west-1";
    private static final String AP = "ap-southeast-2";
    /** Two looks, 200 ms apart, and what a busy machine adds. */
    private static final Duration BACK_WITHIN = Duration.ofSeconds(10);

    @TempDir
    private Path data = Path.of("");

    private @Nullable Process up;
    private final Map<String, String> endpoints = new HashMap<>();
    private final HttpClient http = HttpClient.newHttpClient();
    private int written;

    @BeforeEach
    void start() throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:+UseSerialGC", "-Xmx256m"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Meridian.class.getName()));
        command.addAll(List.of("up", "--isolated", "--port", "0", "--data", data.toString(), "--no-cluster"));
        command.addAll(List.of("--front-door", "primary", "--primary", EU, "--check", "200ms", "--failures", "2"));
        command.addAll(List.of("--passes", "2", "--ttl", "0s"));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        up = process;
        BufferedReader out = process.inputReader();
        for (String line = out.readLine(); line != null && !line.startsWith("Ctrl-C"); line = out.readLine()) {
            String[] words = line.trim().split("[ *]+");
            if (words.length > 1 && words[1].startsWith("http://")) {
                endpoints.put(words[0], words[1]);
            }
        }
        assertThat(endpoints).containsOnlyKeys(US, EU, AP, "Gateway");
    }

    @AfterEach
    void stop() throws InterruptedException {
        Process process = Objects.requireNonNull(up);
        process.destroy();
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    @Test
    void anApplicationWritesOnWhenItsRegionDies() {
        try (DynamoDbClient application = client("Gateway", US)) {
            table(application);

            // 1: everybody is sent to the primary; it dies, and the next region takes over.
            assertThat(writeAndTellRegion(application)).isEqualTo(EU);
            write(application, 50);
            kill(EU);
            assertThat(writtenAgainAfter(application)).isLessThan(BACK_WITHIN);
            assertThat(writeAndTellRegion(application)).isEqualTo(US);
            write(application, 50);

            // 2: it comes back with what it had acknowledged, catches up, and is the primary again.
            backAgain(EU);
            assertThat(writeAndTellRegion(application)).isEqualTo(EU);
            everythingIsEverywhere();

            // 3: the nearest region is the one the client signs for; it dies, and the next nearest takes over.
            door("\"policy\":\"nearest\"");
            assertThat(writeAndTellRegion(application)).isEqualTo(US);
            write(application, 50);
            kill(US);
            assertThat(writtenAgainAfter(application)).isLessThan(BACK_WITHIN);
            assertThat(writeAndTellRegion(application)).isEqualTo(EU);
            backAgain(US);
            everythingIsEverywhere();

            // The control case: where the client has chosen, it stays with the dead region.
            door("\"policy\":\"by-signature\"");
            kill(US);
            long end = System.nanoTime() + Duration.ofSeconds(2).toNanos();
            while (System.nanoTime() < end) {
                assertThat(tryWrite(application)).isFalse();
            }
            control("POST", "regions/us-east-1:heal", "{}");
            write(application, 1);
            everythingIsEverywhere();
        }
    }

    private void table(DynamoDbClient application) {
        CartTable.create(application);
        await(
                "every replica is ready",
                () -> List.of(US, EU, AP).stream().allMatch(region -> {
                    try (DynamoDbClient own = client(region, region)) {
                        return own.describeTable(request -> request.tableName("cart")).table().replicas().stream()
                                        .filter(replica ->
                                                replica.replicaStatusAsString().equals("ACTIVE"))
                                        .count()
                                == 2;
                    } catch (SdkException notYet) {
                        return false;
                    }
                }));
    }

    private void write(DynamoDbClient application, int items) {
        for (int n = 0; n < items; n++) {
            String id = "item-" + written;
            application.putItem(request -> request.tableName("cart").item(Map.of("id", AttributeValue.fromS(id))));
            written++;
        }
    }

    private boolean tryWrite(DynamoDbClient application) {
        try {
            write(application, 1);
            return true;
        } catch (SdkException refused) {
            return false;
        }
    }

    private String writeAndTellRegion(DynamoDbClient application) {
        String id = "item-" + written;
        String region = application
                .putItem(request -> request.tableName("cart").item(Map.of("id", AttributeValue.fromS(id))))
                .sdkHttpResponse()
                .firstMatchingHeader("x-meridian-region")
                .orElse("");
        written++;
        return region;
    }

    /** How long it takes until a write is acknowledged. */
    private Duration writtenAgainAfter(DynamoDbClient application) {
        long since = System.nanoTime();
        await("a write is acknowledged", () -> tryWrite(application));
        return Duration.ofNanos(System.nanoTime() - since);
    }

    /** By its process, so that nobody is told; by the control API where processes cannot be told apart. */
    private void kill(String region) {
        Optional<ProcessHandle> process = Objects.requireNonNull(up)
                .descendants()
                .filter(child -> commandOf(child).contains("\0--region\0" + region + "\0"))
                .findFirst();
        if (process.isPresent()) {
            assertThat(process.get().destroyForcibly()).isTrue();
            process.get().onExit().join();
        } else {
            control("POST", "regions/" + region + ":kill", "{}");
        }
    }

    /** Whole, unlike {@link ProcessHandle.Info#commandLine}, whose end is missing where it is long. */
    private static String commandOf(ProcessHandle process) {
        try {
            return Files.readString(Path.of("/proc/" + process.pid() + "/cmdline"));
        } catch (IOException gone) {
            return "";
        }
    }

    private void backAgain(String region) {
        control("POST", "regions/" + region + ":heal", "{}");
        await(region + " is live", () -> control("GET", "front-door", "").contains("\"" + region + "\":\"live\""));
    }

    private void door(String fields) {
        assertThat(control("PUT", "front-door", "{" + fields + "}")).contains(fields);
    }

    private void everythingIsEverywhere() {
        assertThat(control("POST", "converge", "{\"timeoutMillis\":30000}")).contains("\"converged\":true");
        for (String region : List.of(US, EU, AP)) {
            try (DynamoDbClient own = client(region, region)) {
                assertThat(own.scan(request -> request.tableName("cart").consistentRead(true))
                                .count())
                        .as(region)
                        .isEqualTo(written);
            }
        }
    }

    private static void await(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("not in time: " + what);
            }
            Thread.onSpinWait();
        }
    }

    /** A client that tries nothing again, of the door or of a region's own port. */
    private DynamoDbClient client(String endpoint, String region) {
        return DynamoDbClient.builder()
                .endpointOverride(URI.create(Objects.requireNonNull(endpoints.get(endpoint))))
                .region(Region.of(region))
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("any", "thing")))
                .httpClient(UrlConnectionHttpClient.builder()
                        .socketTimeout(Duration.ofSeconds(20))
                        .build())
                .overrideConfiguration(config -> config.retryStrategy(strategy -> strategy.maxAttempts(1)))
                .build();
    }

    private String control(String method, String path, String body) {
        URI uri = URI.create(endpoints.get("Gateway") + "/_meridian/v1/" + path);
        HttpRequest request = HttpRequest.newBuilder(uri)
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
        } catch (IOException | InterruptedException failure) {
            throw new AssertionError(failure);
        }
    }
}
