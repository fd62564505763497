package dev.meridian.chaos.drill;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A table with the string key {@code id} in regions of a running Meridian. */
final class RemoteTable {

    private static final Pattern REPLICA = Pattern.compile("\"RegionName\"\\s*:\\s*\"([^\"]+)\"");

    private final MeridianClient client;
    private final String name;
    private final long callMillis;
    private final LongSupplier nanos;
    private final Runnable breather;

    /** {@code callMillis}: how long an answer is waited for. */
    RemoteTable(MeridianClient client, String name, long callMillis, LongSupplier nanos, Runnable breather) {
        this.client = client;
        this.name = name;
        this.callMillis = callMillis;
        this.nanos = nanos;
        this.breather = breather;
    }

    String name() {
        return name;
    }

    /** Each of these gives the region's answer, whatever it is; fails where none comes. */
    String create(String region) {
        return answer(
                region,
                "CreateTable",
                "{\"TableName\":\"" + name + "\",\"BillingMode\":\"PAY_PER_REQUEST\",\"AttributeDefinitions\":"
                        + "[{\"AttributeName\":\"id\",\"AttributeType\":\"S\"}],\"KeySchema\":"
                        + "[{\"AttributeName\":\"id\",\"KeyType\":\"HASH\"}]}");
    }

    String describe(String region) {
        return answer(region, "DescribeTable", "{\"TableName\":\"" + name + "\"}");
    }

    String delete(String region) {
        return answer(region, "DeleteTable", "{\"TableName\":\"" + name + "\"}");
    }

    /** {@code more}: further members of the request, each with its comma. */
    String updateReplicas(String region, String more, String action, List<String> replicas) {
        String updates = replicas.stream()
                .map(replica -> "{\"" + action + "\":{\"RegionName\":\"" + replica + "\"}}")
                .collect(Collectors.joining(","));
        return answer(
                region,
                "UpdateTable",
                "{\"TableName\":\"" + name + "\"," + more + "\"ReplicaUpdates\":[" + updates + "]}");
    }

    static boolean isRefusal(String answer) {
        return answer.contains("\"__type\"");
    }

    /** The other regions that a description tells of. */
    static List<String> replicas(String description) {
        return REPLICA.matcher(description)
                .results()
                .map(found -> found.group(1))
                .toList();
    }

    /**
     * Waits until the table is in use in a region with so many other replicas; throws {@link IllegalStateException} where that takes
     * longer.
     */
    void await(String region, int others, long patienceNanos) {
        long deadline = nanos.getAsLong() + patienceNanos;
        while (!isReady(describe(region), others)) {
            if (nanos.getAsLong() > deadline) {
                throw new IllegalStateException("table " + name + " does not become ACTIVE in " + region);
            }
            breather.run();
        }
    }

    private static boolean isReady(String description, int others) {
        return description.contains("\"TableStatus\":\"ACTIVE\"")
                && description.split("\"ReplicaStatus\":\"ACTIVE\"", -1).length > others;
    }

    private String answer(String region, String operation, String body) {
        return new String(
                client.call(region, operation, body, callMillis).join().body(), StandardCharsets.UTF_8);
    }
}
