package dev.meridian.gatling.bench;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * PutItem and GetItem throughput of one Meridian region, on disk and in memory, beside a bare Vert.x echo and DynamoDB
 * Local in memory. Rounds are interleaved, so that what else the machine does falls on all alike; medians count.
 *
 * <p>System properties: {@code meridian.jar} (default cli/target/meridian.jar), {@code meridian.url} (use a running region
 * instead), {@code connections} (32), {@code seconds} a round (3), {@code rounds} (5; one more warms up and is dropped),
 * {@code out} (gatling/target/side-by-side.json).
 */
public final class SideBySide {

    private static final List<String> OPERATIONS = List.of("PutItem", "GetItem");

    private SideBySide() {}

    /** Runs all rounds and prints a table of medians and ratios. */
    public static void main(String[] arguments) throws Exception {
        Path folder = Files.createTempDirectory("meridian-bench");
        List<ServerProcess> servers = new ArrayList<>();
        try {
            servers.add(ServerProcess.echo(folder));
            servers.add(ServerProcess.dynamoDbLocal(folder));
            addMeridian(servers, folder);
            report(measure(servers));
        } finally {
            servers.forEach(ServerProcess::close);
        }
    }

    private static void addMeridian(List<ServerProcess> servers, Path folder) throws Exception {
        String url = System.getProperty("meridian.url");
        if (url != null) {
            servers.add(ServerProcess.existing("meridian", URI.create(url)));
            return;
        }
        Path jar = Path.of(System.getProperty("meridian.jar", repository("cli/target/meridian.jar")))
                .toAbsolutePath();
        if (!Files.isRegularFile(jar)) {
            throw new IOException("there is no " + jar + "; run ./mvnw -DskipTests package first, "
                    + "or name a running region with -Dmeridian.url");
        }
        servers.add(ServerProcess.meridian("meridian", jar, folder, false));
        servers.add(ServerProcess.meridian("meridian-in-memory", jar, folder, true));
    }

    /** A path below the checkout, whether this runs in it or in the module's folder. */
    private static String repository(String path) {
        return Files.isDirectory(Path.of("gatling")) ? path : "../" + path;
    }

    /** Requests a second by operation and server, one number a round. */
    private static Map<String, Map<String, List<Double>>> measure(List<ServerProcess> servers) throws Exception {
        int connections = Integer.getInteger("connections", 32);
        int seconds = Integer.getInteger("seconds", 3);
        int rounds = Integer.getInteger("rounds", 5);
        for (ServerProcess server : servers) {
            try (Connection connection = new Connection(server.url())) {
                connection.send("CreateTable", Workload.createTable());
            }
            Round.fill(server.url());
        }
        System.out.printf("%d connections, %d rounds of %d s, items of 300 bytes%n", connections, rounds, seconds);
        Map<String, Map<String, List<Double>>> results = new LinkedHashMap<>();
        for (int round = 0; round <= rounds; round++) {
            for (String operation : OPERATIONS) {
                for (ServerProcess server : servers) {
                    double rate = Round.run(server.url(), operation, connections, seconds);
                    if (round > 0) {
                        results.computeIfAbsent(operation, o -> new LinkedHashMap<>())
                                .computeIfAbsent(server.name(), s -> new ArrayList<>())
                                .add(rate);
                    }
                }
            }
        }
        return results;
    }

    private static void report(Map<String, Map<String, List<Double>>> results) throws IOException {
        StringBuilder json = new StringBuilder("{");
        System.out.printf("%-9s %-20s %12s %9s %18s%n", "", "server", "requests/s", "of echo", "of DynamoDB Local");
        results.forEach((operation, servers) -> {
            double echo = median(servers.getOrDefault("vertx-echo", List.of()));
            double peer = median(servers.getOrDefault("dynamodb-local", List.of()));
            json.append(json.length() > 1 ? "," : "")
                    .append('"')
                    .append(operation)
                    .append("\":{");
            String separator = "";
            for (Map.Entry<String, List<Double>> server : servers.entrySet()) {
                double rate = median(server.getValue());
                System.out.printf(
                        "%-9s %-20s %12.0f %8.2fx %17.2fx%n",
                        operation, server.getKey(), rate, rate / echo, rate / peer);
                json.append(String.format(
                        Locale.ROOT,
                        "%s\"%s\":{\"requestsPerSecond\":%.0f,\"ratioToEcho\":%.3f,\"ratioToDynamoDbLocal\":%.3f}",
                        separator,
                        server.getKey(),
                        rate,
                        rate / echo,
                        rate / peer));
                separator = ",";
            }
            json.append('}');
        });
        Path out = Path.of(System.getProperty("out", repository("gatling/target/side-by-side.json")));
        Files.createDirectories(out.toAbsolutePath().getParent());
        Files.writeString(out, json.append("}\n"));
        System.out.println("Written to " + out);
    }

    private static double median(List<Double> values) {
        if (values.isEmpty()) {
            return Double.NaN;
        }
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }
}
