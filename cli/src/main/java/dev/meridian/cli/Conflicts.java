package dev.meridian.cli;

import java.io.PrintStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
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

    @Override
    public Integer call() {
        Map<String, Object> regions =
                Json.object(client.get("conflicts?limit=" + limit).get("regions"));
        if (client.printsJson()) {
            return ExitCode.DONE;
        }
        List<Map<String, Object>> all = new ArrayList<>();
        regions.values()
                .forEach(report -> Json.list(Json.object(report).get("conflicts"))
                        .forEach(conflict -> {
                            if (table == null
                                    || table.equals(Json.object(conflict).get("table"))) {
                                all.add(Json.object(conflict));
                            }
                        }));
        all.sort(Comparator.comparingLong(
                        (Map<String, Object> conflict) -> Json.number(conflict.get("detectedAtMillis")))
                .reversed());
        PrintStream out = SystemRuntime.out();
        if (all.isEmpty()) {
            out.println("No write has been lost to a concurrent one.");
            return ExitCode.DONE;
        }
        for (Map<String, Object> conflict : distinct(all).stream().limit(limit).toList()) {
            String time = Instant.ofEpochMilli(Json.number(conflict.get("detectedAtMillis")))
                    .toString();
            out.println(time + "  " + Json.text(conflict.get("table")) + "  seen in "
                    + Json.text(conflict.get("detectedIn")) + "  by "
                    + Json.text(conflict.get("rule"))
                            .toLowerCase(java.util.Locale.ROOT)
                            .replace('_', ' '));
            out.println("  won   " + row(Json.object(conflict.get("winner"))));
            out.println("  lost  " + row(Json.object(conflict.get("loser"))) + "  (was acknowledged)");
        }
        return ExitCode.DONE;
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

    private static String row(Map<String, Object> row) {
        String time =
                Instant.ofEpochMilli(Json.number(row.get("writtenAtMillis"))).toString();
        String image = Boolean.TRUE.equals(row.get("deleted")) ? "DELETED" : Json.text(row.get("item"));
        return Json.text(row.get("writtenIn")) + " " + time.substring(11) + "  " + image;
    }
}
