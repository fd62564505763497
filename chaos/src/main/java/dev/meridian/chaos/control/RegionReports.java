package dev.meridian.chaos.control;

import dev.meridian.chaos.world.World;
import dev.meridian.node.http.OnLoop;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpMethod;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** Asks every region's own door what it has to tell. */
final class RegionReports {

    private static final long TIMEOUT_SECONDS = 20;

    private final Vertx vertx;
    private final World world;
    private final String host;
    private final HttpClient client;

    RegionReports(Vertx vertx, World world, String host) {
        this.vertx = vertx;
        this.world = world;
        this.host = host;
        this.client = vertx.createHttpClient();
    }

    /**
     * What a region said.
     *
     * @param text JSON, or why there is no answer
     */
    record Told(boolean isAnswer, String text) {}

    /** The same question to each region: what it answered as JSON, or nothing where it has no answer or cannot be reached. */
    CompletionStage<Map<String, Optional<String>>> ask(String path) {
        return told(path).thenApply(told -> {
            Map<String, Optional<String>> reports = new LinkedHashMap<>();
            told.forEach((region, said) ->
                    reports.put(region, said.filter(Told::isAnswer).map(Told::text)));
            return reports;
        });
    }

    /**
     * The same question to each region: what it said, or nothing where it cannot be reached.
     *
     * @param path below {@code /_meridian/local/v1/}, with its query
     */
    CompletionStage<Map<String, Optional<Told>>> told(String path) {
        Map<String, CompletableFuture<Optional<Told>>> answers = new LinkedHashMap<>();
        for (String region : world.regions()) {
            answers.put(
                    region,
                    world.state(region) == World.State.LIVE
                            ? get(world.port(region), path).toCompletableFuture()
                            : CompletableFuture.completedFuture(Optional.empty()));
        }
        return CompletableFuture.allOf(answers.values().toArray(CompletableFuture[]::new))
                .thenApply(all -> {
                    Map<String, Optional<Told>> reports = new LinkedHashMap<>();
                    answers.forEach((region, answer) -> reports.put(region, answer.join()));
                    return reports;
                });
    }

    private CompletionStage<Optional<Told>> get(int port, String path) {
        return OnLoop.exchange(
                        vertx,
                        () -> client.request(HttpMethod.GET, port, host, "/_meridian/local/v1/" + path)
                                .compose(request -> request.send())
                                .compose(response -> response.body()
                                        .map(body ->
                                                told(response.statusCode(), body.toString(StandardCharsets.UTF_8)))))
                .timeout(TIMEOUT_SECONDS, TimeUnit.SECONDS)
                .otherwise(Optional.empty())
                .toCompletionStage();
    }

    private static Optional<Told> told(int status, String text) {
        return status == 200 || status == 400 ? Optional.of(new Told(status == 200, text)) : Optional.empty();
    }

    static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
