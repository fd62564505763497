package dev.meridian.cli;

import java.io.PrintStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
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
        for (Map<String, Object> conflict : all.subList(0, Math.min(limit, all.size()))) {
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

    private static String row(Map<String, Object> row) {
        String time =
                Instant.ofEpochMilli(Json.number(row.get("writtenAtMillis"))).toString();
        String image = Boolean.TRUE.equals(row.get("deleted")) ? "DELETED" : Json.text(row.get("item"));
        return Json.text(row.get("writtenIn")) + " " + time.substring(11) + "  " + image;
    }
}
