package dev.meridian.gatling.bench;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;

/**
 * The same clients, items and seconds against each server in turn, round after round; then each at half of its own top rate.
 *
 * @param warmUps rounds of each kind that come first and don't count
 * @param rounds those that count
 */
record SideBySide(Servers servers, Workload workload, int connections, int warmUps, int rounds, double seconds) {

    /** What there is to show. */
    record Figures(String text, JsonObject json) {}

    private static final double PACED_SHARE = 0.5;

    Figures run() throws IOException, InterruptedException, ExecutionException {
        List<ServerProcess> running = new ArrayList<>();
        try (LevelDbCeiling ceiling = new LevelDbCeiling(servers.folder().resolve(LevelDbCeiling.NAME), workload)) {
            running.add(servers.echo(workload));
            running.add(servers.dynamoDbLocal());
            servers.dynalite()
                    .ifPresentOrElse(running::add, () -> System.out.println("dynalite: left out, npm can't get it"));
            running.add(servers.meridian());
            running.add(servers.meridianInMemory());
            running.add(servers.onDisk(Servers.MERIDIAN_3_REGIONS, 3));
            for (ServerProcess server : running) {
                Fill.prepare(server, workload, connections);
            }
            return measure(running, ceiling);
        } finally {
            running.forEach(ServerProcess::close);
        }
    }

    private Figures measure(List<ServerProcess> running, LevelDbCeiling ceiling)
            throws IOException, InterruptedException, ExecutionException {
        Map<Operation, Map<String, List<Measured>>> full = new LinkedHashMap<>();
        List<Double> levelDb = new ArrayList<>();
        for (int round = -warmUps; round < rounds; round++) {
            for (Operation operation : Operation.values()) {
                for (ServerProcess server : running) {
                    Measured measured = new Round(workload, operation, connections, seconds, 0).run(server);
                    if (round >= 0) {
                        full.computeIfAbsent(operation, o -> new LinkedHashMap<>())
                                .computeIfAbsent(server.name(), s -> new ArrayList<>())
                                .add(measured);
                    }
                }
            }
            double alone = ceiling.run(connections / 2, seconds);
            if (round >= 0) {
                levelDb.add(alone);
            }
        }
        Comparison comparison = new Comparison(workload);
        full.forEach((operation, byServer) ->
                comparison.full(operation, byServer, operation == Operation.PUT_ITEM ? levelDb : List.of()));
        paced(running, full.getOrDefault(Operation.PUT_ITEM, Map.of()), comparison);
        for (ServerProcess server : running) {
            comparison.resources(server);
        }
        return comparison.figures();
    }

    private void paced(List<ServerProcess> running, Map<String, List<Measured>> full, Comparison comparison)
            throws IOException, InterruptedException, ExecutionException {
        Map<ServerProcess, ReplicationLag> lags = new LinkedHashMap<>();
        for (ServerProcess server : running) {
            lags.put(server, new ReplicationLag(server));
        }
        Map<ServerProcess, List<Measured>> paced = new LinkedHashMap<>();
        for (int round = 0; round < rounds; round++) {
            for (ServerProcess server : running) {
                double half =
                        PACED_SHARE * Measured.median(full.getOrDefault(server.name(), List.of()), Measured::rate);
                paced.computeIfAbsent(server, s -> new ArrayList<>())
                        .add(new Round(workload, Operation.PUT_ITEM, connections, seconds, half).run(server));
            }
        }
        for (Map.Entry<ServerProcess, ReplicationLag> lag : lags.entrySet()) {
            comparison.paced(
                    lag.getKey(),
                    paced.getOrDefault(lag.getKey(), List.of()),
                    lag.getValue().millis(0.99));
        }
    }
}
