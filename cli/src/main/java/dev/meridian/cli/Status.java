package dev.meridian.cli;

import java.io.PrintStream;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Shows regions, clocks, lags and faults. */
@Command(name = "status", mixinStandardHelpOptions = true, description = "Shows regions, lags and active faults.")
final class Status implements Callable<Integer> {

    /** What may be wrong with a region besides its clock's offset, and how it is told. */
    private static final Map<String, String> WRONG = new TreeMap<>(Map.of(
            "disk", "",
            "clockDriftPerMillion", "its clock gains, in a million, ",
            "startDelayMillis", "it starts later, in ms, by ",
            "memoryTakenBytes", "memory taken away, in bytes: ",
            "capacity", ""));

    @Mixin
    private Client client = new Client();

    @Override
    public Integer call() {
        print(client);
        return ExitCode.DONE;
    }

    static void print(Client client) {
        Map<String, Object> world = client.get("world");
        if (client.printsJson()) {
            return;
        }
        PrintStream out = SystemRuntime.out();
        out.printf("%-16s %-9s %-7s %-10s %-10s %s%n", "region", "state", "port", "clock", "conflicts", "tables");
        for (Object entry : Json.list(world.get("regions"))) {
            Map<String, Object> region = Json.object(entry);
            Map<String, Object> report = Json.object(region.get("report"));
            StringBuilder tables = new StringBuilder();
            for (Object table : Json.list(report.get("tables"))) {
                tables.append(Json.text(Json.object(table).get("name")))
                        .append(' ')
                        .append(Json.text(Json.object(table).get("status")).toLowerCase(java.util.Locale.ROOT))
                        .append(copied(Json.object(table).get("copiedPercent")))
                        .append("  ");
            }
            out.printf(
                    "%-16s %-9s %-7s %-10s %-10s %s%n",
                    Json.text(region.get("region")),
                    state(region),
                    Json.text(region.get("port")),
                    String.format("%+d ms", Json.number(region.get("clockOffsetMillis"))),
                    report.isEmpty() ? "-" : Json.text(report.get("conflicts")),
                    tables.toString().strip());
        }
        for (Object entry : Json.list(world.get("regions"))) {
            Map<String, Object> region = Json.object(entry);
            WRONG.forEach((member, words) -> {
                if (region.get(member) != null) {
                    out.println(Json.text(region.get("region")) + ": " + words + Json.text(region.get(member)));
                }
            });
        }
        if (!Json.list(world.get("doorFaults")).isEmpty()) {
            out.println("doors: " + world.get("doorFaults"));
        }
        out.println();
        out.printf("%-34s %-14s %-18s %-10s %s%n", "link", "one-way", "lag p50/p99/max ms", "pending", "fault");
        for (Object entry : Json.list(world.get("links"))) {
            link(out, world, Json.object(entry));
        }
    }

    private static String copied(@Nullable Object percent) {
        return percent == null ? "" : " " + Json.text(percent) + " %";
    }

    /** What was done to it, and of a live one how it stands with front doors. */
    private static String state(Map<String, Object> region) {
        String state = Json.text(region.get("state"));
        return state.equals("live") ? Json.text(region.get("standing")) : state;
    }

    private static void link(PrintStream out, Map<String, Object> world, Map<String, Object> link) {
        String from = Json.text(link.get("from"));
        String to = Json.text(link.get("to"));
        Map<String, Object> receiver =
                Json.object(Json.object(report(world, to).get("from")).get(from));
        String lag = receiver.isEmpty()
                ? "-"
                : Json.text(receiver.get("lagMillisP50")) + "/" + Json.text(receiver.get("lagMillisP99")) + "/"
                        + Json.text(receiver.get("lagMillisMax"));
        Object pending = Json.object(report(world, from).get("pendingTo")).get(to);
        String fault = "";
        if (Boolean.TRUE.equals(link.get("cut"))) {
            fault = "CUT";
        } else if (Boolean.TRUE.equals(link.get("faulty"))) {
            fault = "jitter " + Json.text(link.get("jitterMillis")) + " ms, loss " + Json.text(link.get("lossRatio"))
                    + ", rate " + Json.text(link.get("bytesPerSecond")) + " B/s";
        }
        out.printf(
                "%-34s %-14s %-18s %-10s %s%n",
                from + " -> " + to,
                Json.text(link.get("oneWayMillis")) + " ms",
                lag,
                pending == null ? "-" : Json.text(pending),
                fault);
    }

    private static Map<String, Object> report(Map<String, Object> world, String name) {
        for (Object entry : Json.list(world.get("regions"))) {
            if (name.equals(Json.object(entry).get("region"))) {
                return Json.object(Json.object(entry).get("report"));
            }
        }
        return Map.of();
    }
}
