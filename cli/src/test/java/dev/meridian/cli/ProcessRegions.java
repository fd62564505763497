package dev.meridian.cli;

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
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Regions of a process each, behind one front door. */
final class ProcessRegions implements AutoCloseable {

    private static final String HOST = "127.0.0.1";

    private final Vertx vertx = Vertx.vertx();
    private final World world;
    private final String front;

    /** Starts them; {@code options} of the command {@code node} besides those every region needs. */
    ProcessRegions(List<String> regions, Path data, String... options) {
        world = ProcessWorld.start(new ProcessWorld.Setting(
                        vertx,
                        HOST,
                        regions,
                        region -> 0,
                        KillMode.REFUSE,
                        new FaultBoard(Map.of()),
                        InstantSource.system(),
                        region -> {},
                        (region, port) -> command(regions, region, port, data, options)))
                .toCompletableFuture()
                .join();
        FrontDoor door = new FrontDoor(
                vertx,
                world.regions(),
                world::target,
                List.of(new ControlResource(vertx, world, HOST, System::nanoTime)));
        front = "http://" + HOST + ":"
                + door.open(HOST, 0).toCompletableFuture().join();
    }

    private static List<String> command(List<String> regions, String region, int port, Path data, String... options) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:+UseSerialGC", "-Xmx256m"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Meridian.class.getName()));
        command.addAll(List.of("node", "--directed", "--no-cluster", "--region", region));
        command.addAll(List.of("--port", Integer.toString(port), "--data", data.toString()));
        regions.forEach(peer -> command.addAll(List.of("--peer", peer + "=127.0.0.1:0")));
        command.addAll(List.of(options));
        return command;
    }

    World world() {
        return world;
    }

    /** A client of a region that tries nothing again. */
    DynamoDbClient client(String region) {
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

    /** Posts to the control API. */
    String control(String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(front + "/_meridian/v1/" + path))
                .POST(HttpRequest.BodyPublishers.ofString("{}"))
                .build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofString())
                .body();
    }

    @Override
    public void close() {
        world.stop().toCompletableFuture().join();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
