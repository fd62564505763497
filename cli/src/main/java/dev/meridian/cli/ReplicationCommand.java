package dev.meridian.cli;

import java.io.PrintStream;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Shows how replication stands for every table and pair of regions. */
@Command(
        name = "replication",
        mixinStandardHelpOptions = true,
        description = "Shows what is pending and how late it arrives, by table and pair of regions."
                + "%nExample: meridian replication cart")
final class ReplicationCommand implements Callable<Integer> {

    @Mixin
    private Client client = new Client();

    @Parameters(arity = "0..1", paramLabel = "TABLE", description = "Only this table.")
    private @Nullable String table;

    @Override
    public Integer call() {
        Map<String, Object> regions = Json.object(client.get("replication").get("regions"));
        if (client.printsJson()) {
            return ExitCode.DONE;
        }
        Map<String, Map<String, Object>> pairs = new TreeMap<>();
        regions.values().forEach(report -> {
            gather(pairs, Json.object(report).get("received"));
            gather(pairs, Json.object(report).get("pending"));
        });
        if (pairs.isEmpty() && table != null) {
            throw new UserError(ExitCode.USAGE, "no table " + table + " that is replicated");
        }
        PrintStream out = SystemRuntime.out();
        out.printf(
                "%-16s %-32s %8s %10s %15s %16s%n",
                "table", "from -> to", "pending", "age", "lag p50/p99/max", "safe time");
        pairs.forEach((name, pair) -> print(out, pair));
        return ExitCode.DONE;
    }

    private void gather(Map<String, Map<String, Object>> pairs, @Nullable Object list) {
        for (Object entry : Json.list(list)) {
            Map<String, Object> fields = Json.object(entry);
            String name = Json.text(fields.get("TableName"));
            if (table == null || table.equals(name)) {
                String pair = name + " " + Json.text(fields.get("SourceRegion")) + " " + fields.get("ReceivingRegion");
                pairs.computeIfAbsent(pair, none -> new TreeMap<>()).putAll(fields);
            }
        }
    }

    private static void print(PrintStream out, Map<String, Object> pair) {
        Map<String, Object> latency = Json.object(pair.get("ReplicationLatency"));
        boolean isKnown = pair.containsKey("PendingReplicationCount");
        String safe = isKnown
                ? Instant.ofEpochMilli(Json.number(pair.get("safeTimeMillis")))
                        .toString()
                        .substring(11)
                : "-";
        out.printf(
                "%-16s %-32s %8s %10s %15s %16s%n",
                Json.text(pair.get("TableName")),
                Json.text(pair.get("SourceRegion")) + " -> " + Json.text(pair.get("ReceivingRegion")),
                isKnown ? Json.text(pair.get("PendingReplicationCount")) : "-",
                isKnown ? Json.text(pair.get("pendingAgeMillis")) + " ms" : "-",
                latency.isEmpty()
                        ? "-"
                        : latency.get("p50") + "/" + latency.get("p99") + "/" + latency.get("max") + " ms",
                safe);
    }
}
