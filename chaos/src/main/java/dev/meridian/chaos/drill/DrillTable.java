package dev.meridian.chaos.drill;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The table of a drill: made in all its regions and waited for, and deleted wherever it has come to stand. What an earlier run has
 * left would be taken for this one's: where there is a table of the name, the next gets a number.
 */
final class DrillTable {

    private static final long READY_NANOS_MAX = 30_000_000_000L;
    private static final long CALL_MILLIS = 10_000;
    private static final int RUNS_MAX = 1_000;
    private static final Pattern REPLICA = Pattern.compile("\"RegionName\"\\s*:\\s*\"([^\"]+)\"");

    private final MeridianClient client;
    private String name;
    private final Drill.Topology topology;
    private final LongSupplier nanos;
    private final Runnable breather;
    private boolean isMade;

    DrillTable(MeridianClient client, String name, Drill.Topology topology, LongSupplier nanos, Runnable breather) {
        this.client = client;
        this.name = name;
        this.topology = topology;
        this.nanos = nanos;
        this.breather = breather;
    }

    /**
     * Returns its name when it is in use everywhere; throws {@link IllegalStateException} where it does not come to that.
     */
    String create() {
        List<String> regions = topology.regions();
        String home = home();
        String first = name;
        String answer = createIn(home);
        for (int run = 2; answer.contains("ResourceInUseException") && run <= RUNS_MAX; run++) {
            name = first + "-" + run;
            answer = createIn(home);
        }
        if (answer.contains("\"__type\"")) {
            throw new IllegalStateException("table " + name + " could not be made: " + answer);
        }
        isMade = true;
        if (topology.isStrong()) {
            agree(home, regions.subList(1, regions.size()));
        }
        for (String region : regions) {
            await(region, regions.size() - 1);
        }
        return name;
    }

    private String createIn(String home) {
        return answer(
                home,
                "CreateTable",
                "{\"TableName\":\"" + name + "\",\"BillingMode\":\"PAY_PER_REQUEST\",\"AttributeDefinitions\":"
                        + "[{\"AttributeName\":\"id\",\"AttributeType\":\"S\"}],\"KeySchema\":"
                        + "[{\"AttributeName\":\"id\",\"KeyType\":\"HASH\"}]}");
    }

    private void agree(String home, List<String> others) {
        await(home, 0);
        if (describe(home).contains("\"ReplicaStatus\"")) {
            throw new IllegalStateException(
                    "new tables stand in all regions here, and a strongly consistent one is made of a table that stands in "
                            + "one: start Meridian with --no-global-tables, or run the drill without --url");
        }
        String answer = updateReplicas(home, "\"MultiRegionConsistency\":\"STRONG\",", "Create", others);
        if (answer.contains("\"__type\"")) {
            throw new IllegalStateException("making table " + name + " strongly consistent was refused: " + answer);
        }
    }

    /**
     * Deletes what {@link #create} made, in every region that has a replica of it, and says what became of that. Gives up after
     * {@code patienceNanos}.
     */
    String delete(long patienceNanos) {
        if (!isMade) {
            return "no table was made";
        }
        long deadline = nanos.getAsLong() + patienceNanos;
        String last = "";
        while (nanos.getAsLong() < deadline) {
            try {
                String description = describe(home());
                if (description.contains("ResourceNotFoundException")) {
                    return "table " + name + " deleted";
                }
                // Who does not say where the table stands is asked again: alone it must go last.
                last = description.contains("\"__type\"") ? description : deleteOne(description);
            } catch (CompletionException unanswered) {
                last = String.valueOf(unanswered.getMessage());
            }
            breather.run();
        }
        return "table " + name + " could not be deleted, and is left behind: " + last;
    }

    /** The next of what deleting takes; refused while an earlier one is under way. */
    private String deleteOne(String description) {
        List<String> replicas = REPLICA.matcher(description)
                .results()
                .map(found -> found.group(1))
                .toList();
        if (replicas.isEmpty()) {
            return answer(home(), "DeleteTable", "{\"TableName\":\"" + name + "\"}");
        }
        // By the table's own list, and not by name: in a region without a replica the name may be another's.
        return updateReplicas(home(), "", "Delete", topology.isStrong() ? replicas : replicas.subList(0, 1));
    }

    private String updateReplicas(String region, String more, String action, List<String> replicas) {
        String updates = replicas.stream()
                .map(replica -> "{\"" + action + "\":{\"RegionName\":\"" + replica + "\"}}")
                .collect(Collectors.joining(","));
        return answer(
                region,
                "UpdateTable",
                "{\"TableName\":\"" + name + "\"," + more + "\"ReplicaUpdates\":[" + updates + "]}");
    }

    private String home() {
        return topology.regions().get(0);
    }

    private void await(String region, int others) {
        long deadline = nanos.getAsLong() + READY_NANOS_MAX;
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

    private String describe(String region) {
        return answer(region, "DescribeTable", "{\"TableName\":\"" + name + "\"}");
    }

    private String answer(String region, String operation, String body) {
        return new String(
                client.call(region, operation, body, CALL_MILLIS).join().body(), StandardCharsets.UTF_8);
    }
}
