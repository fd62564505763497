package dev.meridian.gatling.bench;

import static dev.meridian.gatling.bench.Table.number;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Puts what was measured side by side: a table each for full load, half of it, and what it took. */
final class Comparison {

    private final Workload workload;
    private final Table full = new Table(
            "operation",
            "server",
            "requests/s",
            "spread",
            "of echo",
            "of DynamoDB Local",
            "of dynalite",
            "p50 ms",
            "p99 ms",
            "p99.9 ms",
            "CPU s per 100,000");
    private final Table paced =
            new Table("server", "PutItem/s, half", "p50 ms", "p99 ms", "p99.9 ms", "lag p99 ms, at most");
    private final Table resources = new Table("server", "peak MiB", "bytes on disk per item");
    private final JsonObject json = new JsonObject();

    Comparison(Workload workload) {
        this.workload = workload;
    }

    /** Rounds under full load, by server; LevelDB's, in writes a second, beside them. */
    void full(Operation operation, Map<String, List<Measured>> rounds, List<Double> levelDb) {
        JsonObject byServer = new JsonObject();
        json.put(operation.title(), byServer);
        double echo = rate(rounds, Servers.ECHO);
        double local = rate(rounds, Servers.DYNAMODB_LOCAL);
        double dynalite = rate(rounds, Servers.DYNALITE);
        rounds.forEach((server, of) -> {
            double rate = rate(rounds, server);
            double cpu = Measured.median(of, Measured::cpuSecondsPer100Thousand);
            full.row(
                    operation.title(),
                    server,
                    number(rate, 0),
                    number(100 * Measured.spread(of), 0) + " %",
                    number(rate / echo, 2),
                    number(rate / local, 2),
                    number(rate / dynalite, 2),
                    number(percentile(of, 50), 2),
                    number(percentile(of, 99), 2),
                    number(percentile(of, 99.9), 2),
                    number(cpu, 2));
            byServer.put(
                    server,
                    new JsonObject()
                            .put("requestsPerSecond", Math.round(rate))
                            .put("ratioToEcho", shown(rate / echo))
                            .put("ratioToDynamoDbLocal", shown(rate / local))
                            .put("ratioToDynalite", shown(rate / dynalite))
                            .put("p50Millis", shown(percentile(of, 50)))
                            .put("p99Millis", shown(percentile(of, 99)))
                            .put("p999Millis", shown(percentile(of, 99.9)))
                            .put("cpuSecondsPer100000", shown(cpu)));
        });
        if (!levelDb.isEmpty()) {
            double alone = levelDb.stream().sorted().toList().get(levelDb.size() / 2);
            full.row(
                    operation.title(),
                    LevelDbCeiling.NAME,
                    number(alone, 0),
                    "",
                    number(alone / echo, 2),
                    number(alone / local, 2),
                    number(alone / dynalite, 2),
                    "",
                    "",
                    "",
                    "");
            byServer.put(LevelDbCeiling.NAME, new JsonObject().put("requestsPerSecond", Math.round(alone)));
        }
    }

    /** Rounds of PutItem at half of the server's own top rate; a lag that isn't a number where nothing is replicated. */
    void paced(ServerProcess server, List<Measured> rounds, double lagMillis) {
        paced.row(
                server.name(),
                number(Measured.median(rounds, Measured::rate), 0),
                number(percentile(rounds, 50), 2),
                number(percentile(rounds, 99), 2),
                number(percentile(rounds, 99.9), 2),
                number(lagMillis, 0));
        json.getJsonObject(Operation.PUT_ITEM.title())
                .getJsonObject(server.name())
                .put("halfRateP99Millis", shown(percentile(rounds, 99)))
                .put("halfRateLagP99Millis", shown(lagMillis));
    }

    /** What the server has taken up by now. */
    void resources(ServerProcess server) throws IOException {
        long bytes = server.bytesOnDisk();
        double perItem = bytes == 0 ? Double.NaN : (double) bytes / workload.keys();
        double peak = server.peakMemoryMebibytes();
        resources.row(server.name(), number(peak, 0), number(perItem, 0));
        json.getJsonObject(Operation.PUT_ITEM.title())
                .getJsonObject(server.name())
                .put("peakMebibytes", shown(peak))
                .put("bytesOnDiskPerItem", shown(perItem));
    }

    SideBySide.Figures figures() {
        return new SideBySide.Figures(full.text() + "\n" + paced.text() + "\n" + resources.text(), json);
    }

    private static double rate(Map<String, List<Measured>> rounds, String server) {
        return Measured.median(rounds.getOrDefault(server, List.of()), Measured::rate);
    }

    private static double percentile(List<Measured> rounds, double percentile) {
        return Measured.median(rounds, round -> round.percentileMillis(percentile));
    }

    /** JSON knows no NaN. */
    private static @Nullable Double shown(double value) {
        return Double.isFinite(value) ? Math.round(value * 1_000) / 1e3 : null;
    }
}
