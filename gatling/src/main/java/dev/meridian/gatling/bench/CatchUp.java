package dev.meridian.gatling.bench;

import static dev.meridian.gatling.bench.Table.number;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** How fast a region takes in what it missed, where nothing else is to be done. */
@Command(
        name = "catch-up",
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        description = {
            "Measures how fast one region catches up with another, both in one process and without other load, beside",
            "LevelDB alone committing as many items and changes, so many to a group."
        })
final class CatchUp implements Callable<Integer> {

    private static final int CONNECTIONS = 32;
    private static final int ITEM_BYTES = 300;
    private static final int POLL_MILLIS = 5;

    @Option(names = "--rounds", paramLabel = "N", description = "Rounds that count; one more warms up.")
    private int rounds = 5;

    @Option(names = "--records", paramLabel = "N", description = "How many the region misses in a round.")
    private int records = 100_000;

    @Option(names = "--group", paramLabel = "N", description = "How many LevelDB commits at once.")
    private int group = 320;

    @Option(names = "--jar", hidden = true)
    private Path jar = Path.of("cli/target/meridian.jar");

    private final HttpClient http = HttpClient.newHttpClient();

    @Override
    public Integer call() throws Exception {
        try (Scratch scratch = Scratch.create()) {
            measure(scratch.folder());
        }
        return 0;
    }

    private void measure(Path folder) throws Exception {
        Servers servers = new Servers(jar.toAbsolutePath(), folder);
        Workload workload = new Workload(records, ITEM_BYTES);
        List<Double> ours = new ArrayList<>();
        List<Double> alone = new ArrayList<>();
        try (ServerProcess meridian = servers.onDisk(Servers.MERIDIAN, 2);
                LevelDbCeiling ceiling = new LevelDbCeiling(folder.resolve(LevelDbCeiling.NAME), workload)) {
            Fill.prepare(meridian, workload, CONNECTIONS);
            for (int round = 0; round <= rounds; round++) {
                double caughtUp = catchUp(meridian, workload);
                double committed = ceiling.run(group, records / caughtUp);
                if (round > 0) {
                    ours.add(caughtUp);
                    alone.add(committed);
                }
            }
        }
        double applied = median(ours);
        double committed = median(alone);
        Table table = new Table("records applied/s", "LevelDB alone/s", "ratio");
        table.row(number(applied, 0), number(committed, 0), number(applied / committed, 2));
        System.out.print(table.text());
    }

    /** Records a second, from the moment the link is healed. */
    private double catchUp(ServerProcess meridian, Workload workload) throws Exception {
        URI gateway = meridian.gateway();
        link(gateway, "cut");
        Fill.run(meridian, workload, CONNECTIONS);
        meridian.awaitRest();
        long start = System.nanoTime();
        link(gateway, "heal");
        while (pending(meridian) > 0) {
            Thread.sleep(POLL_MILLIS);
        }
        double rate = records * 1e9 / (System.nanoTime() - start);
        meridian.awaitRest();
        return rate;
    }

    private void link(URI gateway, String verb) throws IOException, InterruptedException {
        for (String link : List.of(
                Servers.REGIONS.get(0) + "/" + Servers.REGIONS.get(1),
                Servers.REGIONS.get(1) + "/" + Servers.REGIONS.get(0))) {
            HttpResponse<String> answer = http.send(
                    HttpRequest.newBuilder(gateway.resolve("/_meridian/v1/links/" + link + ":" + verb))
                            .POST(HttpRequest.BodyPublishers.ofString("{}"))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() >= 300) {
                throw new IOException("the link was not to be " + verb + ": " + answer.body());
            }
        }
    }

    private long pending(ServerProcess meridian) throws IOException, InterruptedException {
        String report = http.send(
                        HttpRequest.newBuilder(meridian.url().resolve("/_meridian/local/v1/status"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
        return new JsonObject(report).getJsonObject("pendingTo").getLong(Servers.REGIONS.get(1), 0L);
    }

    private static double median(List<Double> figures) {
        return figures.stream().sorted().toList().get(figures.size() / 2);
    }
}
