package dev.meridian.chaos.drill;

import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.function.LongSupplier;

/**
 * The table of a drill: made in all its regions and waited for, and deleted wherever it has come to stand. What an earlier run has
 * left would be taken for this one's: where there is a table of the name, the next gets a number.
 */
final class DrillTable {

    private static final long READY_NANOS_MAX = 30_000_000_000L;
    private static final long CALL_MILLIS = 10_000;
    private static final int RUNS_MAX = 1_000;

    private final MeridianClient client;
    private final Drill.Topology topology;
    private final LongSupplier nanos;
    private final Runnable breather;
    private RemoteTable table;
    private boolean isMade;

    DrillTable(MeridianClient client, String name, Drill.Topology topology, LongSupplier nanos, Runnable breather) {
        this.client = client;
        this.topology = topology;
        this.nanos = nanos;
        this.breather = breather;
        this.table = named(name);
    }

    private RemoteTable named(String name) {
        return new RemoteTable(client, name, CALL_MILLIS, nanos, breather);
    }

    /**
     * Returns its name when it is in use everywhere; throws {@link IllegalStateException} where it does not come to that.
     */
    String create() {
        List<String> regions = topology.regions();
        String first = table.name();
        String answer = table.create(home());
        for (int run = 2; answer.contains("ResourceInUseException") && run <= RUNS_MAX; run++) {
            table = named(first + "-" + run);
            answer = table.create(home());
        }
        if (RemoteTable.isRefusal(answer)) {
            throw new IllegalStateException("table " + table.name() + " could not be made: " + answer);
        }
        isMade = true;
        if (topology.isStrong()) {
            agree(regions.subList(1, regions.size()));
        }
        for (String region : regions) {
            table.await(region, regions.size() - 1, READY_NANOS_MAX);
        }
        return table.name();
    }

    private void agree(List<String> others) {
        table.await(home(), 0, READY_NANOS_MAX);
        if (!RemoteTable.replicas(table.describe(home())).isEmpty()) {
            throw new IllegalStateException(
                    "new tables stand in all regions here, and a strongly consistent one is made of a table that stands in "
                            + "one: start Meridian with --no-global-tables, or run the drill without --url");
        }
        String answer = table.updateReplicas(home(), "\"MultiRegionConsistency\":\"STRONG\",", "Create", others);
        if (RemoteTable.isRefusal(answer)) {
            throw new IllegalStateException(
                    "making table " + table.name() + " strongly consistent was refused: " + answer);
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
                String description = table.describe(home());
                if (description.contains("ResourceNotFoundException")) {
                    return "table " + table.name() + " deleted";
                }
                // Who does not say where the table stands is asked again: alone it must go last.
                last = RemoteTable.isRefusal(description) ? description : deleteOne(description);
            } catch (CompletionException unanswered) {
                last = String.valueOf(unanswered.getMessage());
            }
            breather.run();
        }
        return "table " + table.name() + " could not be deleted, and is left behind: " + last;
    }

    /** The next of what deleting takes; refused while an earlier one is under way. */
    private String deleteOne(String description) {
        List<String> replicas = RemoteTable.replicas(description);
        if (replicas.isEmpty()) {
            return table.delete(home());
        }
        // By the table's own list, and not by name: in a region without a replica the name may be another's.
        return table.updateReplicas(home(), "", "Delete", topology.isStrong() ? replicas : replicas.subList(0, 1));
    }

    private String home() {
        return topology.regions().get(0);
    }
}
