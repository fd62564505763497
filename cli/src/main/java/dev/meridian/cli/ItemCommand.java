package dev.meridian.cli;

import java.io.PrintStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Looks at one item in every region. */
@Command(
        name = "item",
        mixinStandardHelpOptions = true,
        description = "Compares one item across regions, or tells its versions.%nExample: meridian item diff cart id=1")
final class ItemCommand {

    private static final String UNREACHABLE = "(unreachable)";
    private static final String PRIORITY = "priority=";

    @Mixin
    private Client client = new Client();

    @Command(name = "diff", description = "Shows an item in every region, side by side. Exit 1 where they differ.")
    int diff(
            @Parameters(paramLabel = "TABLE") String table,
            @Parameters(paramLabel = "KEY", description = "name=value, a comma between two; or DynamoDB JSON.")
                    String key) {
        Map<String, Object> answer = client.get("items?table=" + encode(table) + "&key=" + encode(keyJson(key)));
        Map<String, Object> regions = Json.object(answer.get("regions"));
        Map<String, String> stamps = new LinkedHashMap<>();
        regions.forEach((region, row) -> stamps.put(region, stamp(row)));
        boolean same = Set.copyOf(stamps.values()).size() == 1 && !stamps.containsValue(UNREACHABLE);
        if (!client.printsJson()) {
            print(key, regions, stamps, same);
        }
        return same ? ExitCode.DONE : ExitCode.FAILED;
    }

    @Command(
            name = "history",
            description = "Shows the versions of an item on record in every region, and when each arrived there.")
    int history(
            @Parameters(paramLabel = "TABLE") String table,
            @Parameters(paramLabel = "KEY", description = "name=value, a comma between two; or DynamoDB JSON.")
                    String key) {
        Map<String, Object> answer = client.get("history?table=" + encode(table) + "&key=" + encode(keyJson(key)));
        if (client.printsJson()) {
            return ExitCode.DONE;
        }
        PrintStream out = SystemRuntime.out();
        Json.object(answer.get("regions")).forEach((region, report) -> {
            out.println(region);
            Object refused = Json.object(report).get("refused");
            if (report == null || refused != null) {
                out.println(report == null ? "  (unreachable)" : "  (" + Json.text(refused) + ")");
                return;
            }
            List<Object> versions = Json.list(Json.object(report).get("versions"));
            for (Object version : versions) {
                Map<String, Object> fields = Json.object(version);
                Object arrived = fields.get("arrivedAtMillis");
                String arrival = arrived == null
                        ? "never the item here"
                        : "arrived " + time(arrived) + " (+"
                                + (Json.number(arrived) - Json.number(fields.get("writtenAtMillis"))) + " ms)";
                String image = Boolean.TRUE.equals(fields.get("deleted")) ? "DELETED" : Json.line(fields.get("item"));
                out.println("  written " + time(fields.get("writtenAtMillis")) + " in "
                        + Json.text(fields.get("writtenIn")) + "  " + arrival + "  " + image);
            }
            if (versions.isEmpty()) {
                out.println("  (nothing on record)");
            }
        });
        return ExitCode.DONE;
    }

    private static String time(@Nullable Object millis) {
        String time = Instant.ofEpochMilli(Json.number(millis)).toString();
        return time.substring(11, time.length() - 1);
    }

    private static void print(String key, Map<String, Object> regions, Map<String, String> stamps, boolean same) {
        Set<String> attributes = new LinkedHashSet<>();
        regions.values()
                .forEach(row -> attributes.addAll(
                        Json.object(Json.object(row).get("item")).keySet()));
        PrintStream out = SystemRuntime.out();
        out.printf("%-14s", key);
        regions.keySet().forEach(region -> out.printf(" %-26s", region));
        out.println();
        for (String attribute : attributes) {
            Map<String, String> cells = new LinkedHashMap<>();
            regions.forEach((region, row) -> cells.put(
                    region, show(Json.object(Json.object(row).get("item")).get(attribute))));
            line(out, attribute, cells);
        }
        line(out, "written", stamps);
        out.println("verdict        " + verdict(stamps, same, policy(regions)));
    }

    private static String policy(Map<String, Object> regions) {
        return regions.values().stream()
                .map(row -> Json.text(Json.object(row).get("conflictPolicy")))
                .filter(policy -> !policy.isEmpty())
                .findFirst()
                .orElse("");
    }

    private static String verdict(Map<String, String> stamps, boolean same, String policy) {
        if (same) {
            return "the same everywhere";
        }
        if (Set.copyOf(stamps.values()).equals(Set.of(UNREACHABLE))) {
            return "no region can be reached";
        }
        if (policy.startsWith(PRIORITY)) {
            return "DIVERGED: of concurrent writes, that of " + policy.substring(PRIORITY.length())
                    + " wins when they meet";
        }
        return policy.equals("attributes")
                ? "DIVERGED: the later write of each attribute wins when they meet"
                : "DIVERGED: the later write wins when they meet";
    }

    private static void line(PrintStream out, String name, Map<String, String> cells) {
        boolean same = Set.copyOf(cells.values()).size() == 1;
        out.printf("%-14s", name);
        cells.values().forEach(cell -> out.printf(" %-26s", (same ? "  " : "≠ ") + cell));
        out.println();
    }

    private static String stamp(Object row) {
        Map<String, Object> fields = Json.object(row);
        if (row == null) {
            return UNREACHABLE;
        }
        if (fields.containsKey("refused")) {
            return "(" + Json.text(fields.get("refused")) + ")";
        }
        if (!fields.containsKey("writtenIn")) {
            return "(no item)";
        }
        String time =
                Instant.ofEpochMilli(Json.number(fields.get("writtenAtMillis"))).toString();
        return time.substring(11, time.length() - 1) + " " + Json.text(fields.get("writtenIn"))
                + (Boolean.TRUE.equals(fields.get("deleted")) ? " deleted" : "");
    }

    private static String show(@Nullable Object value) {
        Map<String, Object> typed = Json.object(value);
        return typed.isEmpty() ? "-" : Json.text(typed.values().iterator().next());
    }

    /** {@code id=1} is a string key; a value with the prefix {@code n:} is a number. */
    static String keyJson(String key) {
        if (key.startsWith("{")) {
            return key;
        }
        StringBuilder json = new StringBuilder("{");
        for (String part : key.split(",")) {
            int equals = part.indexOf('=');
            if (equals < 1) {
                throw new UserError(ExitCode.USAGE, "write the key like id=1, or as DynamoDB JSON");
            }
            String value = part.substring(equals + 1);
            boolean number = value.startsWith("n:");
            json.append(json.length() > 1 ? "," : "")
                    .append('"')
                    .append(part, 0, equals)
                    .append("\":{\"")
                    .append(number ? "N" : "S")
                    .append("\":\"")
                    .append((number ? value.substring(2) : value)
                            .replace("\\", "\\\\")
                            .replace("\"", "\\\""))
                    .append("\"}");
        }
        return json.append('}').toString();
    }

    static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
