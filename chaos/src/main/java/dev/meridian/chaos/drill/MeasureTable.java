package dev.meridian.chaos.drill;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.LongSupplier;

/** A table with the string key {@code id} for a measurement, made and waited for. */
final class MeasureTable {

    private static final long READY_NANOS_MAX = 1_800_000_000_000L;
    private static final long CALL_MILLIS = 30_000;

    private final MeridianClient client;
    private final String name;
    private final LongSupplier nanos;
    private final Runnable breather;

    MeasureTable(MeridianClient client, String name, LongSupplier nanos, Runnable breather) {
        this.client = client;
        this.name = name;
        this.nanos = nanos;
        this.breather = breather;
    }

    void create(String region, List<String> replicas) {
        call(
                region,
                "CreateTable",
                "{\"TableName\":\"" + name + "\",\"BillingMode\":\"PAY_PER_REQUEST\",\"AttributeDefinitions\":"
                        + "[{\"AttributeName\":\"id\",\"AttributeType\":\"S\"}],\"KeySchema\":"
                        + "[{\"AttributeName\":\"id\",\"KeyType\":\"HASH\"}]}");
        await(region, replicas.size());
        replicas.forEach(replica -> await(replica, replicas.size()));
    }

    void addReplica(String region, String replica) {
        call(
                region,
                "UpdateTable",
                "{\"TableName\":\"" + name + "\",\"ReplicaUpdates\":[{\"Create\":{\"RegionName\":\"" + replica
                        + "\"}}]}");
    }

    /** Waits until the table is in use in a region with so many other replicas. */
    void await(String region, int others) {
        long deadline = nanos.getAsLong() + READY_NANOS_MAX;
        while (!isReady(region, others)) {
            if (nanos.getAsLong() > deadline) {
                throw new IllegalStateException("table " + name + " does not become ACTIVE in " + region);
            }
            for (int breath = 0; breath < 50; breath++) {
                breather.run();
            }
        }
    }

    private boolean isReady(String region, int others) {
        String answer = answer(region, "DescribeTable", "{\"TableName\":\"" + name + "\"}");
        return answer.contains("\"TableStatus\":\"ACTIVE\"")
                && answer.split("\"ReplicaStatus\":\"ACTIVE\"", -1).length > others;
    }

    private void call(String region, String operation, String body) {
        String answer = answer(region, operation, body);
        if (answer.contains("\"__type\"")) {
            throw new IllegalStateException(operation + " was refused: " + answer);
        }
    }

    private String answer(String region, String operation, String body) {
        return new String(
                client.call(region, operation, body, CALL_MILLIS).join().body(), StandardCharsets.UTF_8);
    }
}
