package dev.meridian.cli;

import dev.meridian.chaos.fault.Durations;
import java.io.PrintStream;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows writes that were lost to a write that did not know of them. */
@Command(
        name = "conflicts",
        mixinStandardHelpOptions = true,
        description = "Shows overwritten concurrent writes, newest first.%nExample: meridian conflicts cart")
final class Conflicts implements Callable<Integer> {

    @Mixin
    private Client client = new Client();

    @Parameters(arity = "0..1", paramLabel = "TABLE", description = "Only this table.")
    private @Nullable String table;

    @Option(names = "--limit", defaultValue = "50", description = "At most so many (default: ${DEFAULT-VALUE}).")
    private int limit;

    @Option(names = "--key", paramLabel = "KEY", description = "Only of this item: name=value, or DynamoDB JSON.")
    private @Nullable String key;

    @Option(names = "--region", paramLabel = "REGION", description = "Only with a write of this region.")
    private @Nullable String region;

    @Option(
            names = "--since",
            paramLabel = "TIME",
            description = "Only from this time on: 2031-05-06T07:08:09Z, or 10m for ten minutes ago.")
    private @Nullable String since;

    @Option(names = "--until", paramLabel = "TIME", description = "Only before this time.")
    private @Nullable String until;

    @Option(names = "--json-lines", description = "One JSON object a line, as each region has it on record.")
    private boolean jsonLines;

    @Override
    public Integer call() {
        Map<String, Object> regions =
                Json.object(client.get("conflicts?" + query()).get("regions"));
        checkRegion(regions);
        if (client.printsJson()) {
            return ExitCode.DONE;
        }
        regions.forEach((name, report) -> {
            if (report == null) {
                SystemRuntime.err().println(name + " does not answer; what it has on record is missing here");
            }
        });
        if (jsonLines) {
            regions.values()
                    .forEach(report -> Json.list(Json.object(report).get("conflicts"))
                            .forEach(conflict -> SystemRuntime.out().println(Json.line(conflict))));
            return ExitCode.DONE;
        }
        List<Map<String, Object>> all = new ArrayList<>();
        regions.values()
                .forEach(report -> Json.list(Json.object(report).get("conflicts"))
                        .forEach(conflict -> all.add(Json.object(conflict))));
        all.sort(Comparator.comparingLong(
                        (Map<String, Object> conflict) -> Json.number(conflict.get("detectedAtMillis")))
                .reversed());
        PrintStream out = SystemRuntime.out();
        if (all.isEmpty()) {
            out.println(
                    regions.values().stream().anyMatch(Objects::isNull)
                            ? "No conflict is on record where regions answer."
                            : "No write has been lost to a concurrent one.");
            return ExitCode.DONE;
        }
        for (Map<String, Object> conflict : distinct(all).stream().limit(limit).toList()) {
            String time = Instant.ofEpochMilli(Json.number(conflict.get("detectedAtMillis")))
                    .toString();
            out.println(time + "  " + Json.text(conflict.get("table")) + "  " + key(conflict) + "  seen in "
                    + Json.text(conflict.get("detectedIn")) + "  by "
                    + Json.text(conflict.get("rule"))
                            .toLowerCase(java.util.Locale.ROOT)
                            .replace('_', ' '));
            out.println("  won   " + row(Json.object(conflict.get("winner"))));
            out.println("  lost  " + row(Json.object(conflict.get("loser"))) + "  (was acknowledged)");
        }
        return ExitCode.DONE;
    }

    private void checkRegion(Map<String, Object> regions) {
        if (region != null && !regions.containsKey(region)) {
            throw new UserError(ExitCode.USAGE, "no region " + region + "; there are " + regions.keySet());
        }
    }

    /** When that was, in milliseconds since 1970 UTC: an instant, or how long ago. */
    private static long millis(String option, String time) {
        try {
            return Instant.parse(time).toEpochMilli();
        } catch (DateTimeParseException noInstant) {
            try {
                return SystemRuntime.clock().millis() - Durations.millis(time);
            } catch (IllegalArgumentException noDuration) {
                throw new UserError(
                        ExitCode.USAGE, option + " is a time like 2031-05-06T07:08:09Z, or 10m for ten minutes ago");
            }
        }
    }

    private String query() {
        if (limit < 1) {
            throw new UserError(ExitCode.USAGE, "--limit is at least 1");
        }
        if (key != null && table == null) {
            throw new UserError(ExitCode.USAGE, "--key needs the table it is in");
        }
        Map<String, @Nullable Object> filters = new LinkedHashMap<>();
        filters.put("limit", limit);
        filters.put("table", table);
        filters.put("key", key == null ? null : ItemCommand.keyJson(key));
        filters.put("region", region);
        filters.put("from", since == null ? null : millis("--since", since));
        filters.put("to", until == null ? null : millis("--until", until));
        return filters.entrySet().stream()
                .filter(filter -> filter.getValue() != null)
                .map(filter -> filter.getKey() + "=" + ItemCommand.encode(String.valueOf(filter.getValue())))
                .collect(Collectors.joining("&"));
    }

    /** Several regions may see the same write lose: it is one loss, told once with everyone who saw it. */
    private static Collection<Map<String, Object>> distinct(List<Map<String, Object>> conflicts) {
        Map<List<Object>, Map<String, Object>> losses = new LinkedHashMap<>();
        for (Map<String, Object> conflict : conflicts) {
            List<Object> loss = List.of(
                    Json.text(conflict.get("table")),
                    Json.text(conflict.get("key")),
                    version(conflict.get("winner")),
                    version(conflict.get("loser")));
            Map<String, Object> known = losses.get(loss);
            if (known == null) {
                losses.put(loss, new LinkedHashMap<>(conflict));
            } else {
                known.put(
                        "detectedIn",
                        Json.text(known.get("detectedIn")) + ", " + Json.text(conflict.get("detectedIn")));
            }
        }
        return losses.values();
    }

    private static List<Object> version(@Nullable Object row) {
        Map<String, Object> fields = Json.object(row);
        return List.of(
                Json.text(fields.get("writtenIn")),
                Json.number(fields.get("writtenAtMillis")),
                Json.number(fields.get("writtenAtCounter")));
    }

    private static String key(Map<String, Object> conflict) {
        return conflict.containsKey("itemKey") ? Json.line(conflict.get("itemKey")) : Json.text(conflict.get("key"));
    }

    private static String row(Map<String, Object> row) {
        String time =
                Instant.ofEpochMilli(Json.number(row.get("writtenAtMillis"))).toString();
        String image = Boolean.TRUE.equals(row.get("deleted")) ? "DELETED" : Json.line(row.get("item"));
        return Json.text(row.get("writtenIn")) + " " + time.substring(11) + "  " + image;
    }
}
