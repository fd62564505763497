package dev.meridian.cli;

import dev.meridian.chaos.fault.DoorEffects;
import dev.meridian.chaos.fault.DoorRule;
import dev.meridian.chaos.fault.DoorRules;
import dev.meridian.chaos.fault.Durations;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Breaks and mends the regions' doors. */
@Command(
        name = "door",
        mixinStandardHelpOptions = true,
        description = "Makes doors refuse, hang, fail or be slow; says how the front door chooses.%n"
                + "Example: meridian door break --effect throttle --operation PutItem --probability 0.2")
final class DoorCommand {

    @Mixin
    private Client client = new Client();

    @Command(name = "break", description = "Adds a rule; the first that fits a request decides.")
    int add(
            @Option(names = "--effect", required = true, description = "One of: " + DoorEffects.NAMES + ".")
                    String effect,
            @Option(names = "--region", defaultValue = "", description = "Only in this region.") String region,
            @Option(names = "--operation", defaultValue = "", description = "Only this operation.") String operation,
            @Option(names = "--table", defaultValue = "", description = "Only this table.") String table,
            @Option(names = "--probability", defaultValue = "1", description = "0 to 1 (default: ${DEFAULT-VALUE}).")
                    double probability,
            @Option(names = "--latency", defaultValue = "1s", description = "Of slow (default: ${DEFAULT-VALUE}).")
                    String latency) {
        try {
            DoorRule rule = DoorEffects.rule(effect, region, operation, table, probability, Durations.millis(latency));
            client.send("PATCH", "door/faults", DoorRules.json(List.of(rule)));
        } catch (IllegalArgumentException wrong) {
            throw new UserError(ExitCode.USAGE, String.valueOf(wrong.getMessage()));
        }
        SystemRuntime.out().println("Doors: " + effect + ". Undo now: meridian door heal");
        return ExitCode.DONE;
    }

    @Command(
            name = "route",
            description = "Shows or sets how the front door chooses the region.%n"
                    + "Example: meridian door route --front-door primary --primary us-east-1 --ttl 60s")
    int route(@Mixin RouteOptions options) {
        Map<String, Object> now;
        try {
            Map<String, String> fields = options.fields();
            now = fields.isEmpty() ? client.get("front-door") : client.send("PUT", "front-door", Json.line(fields));
        } catch (IllegalArgumentException wrong) {
            throw new UserError(ExitCode.USAGE, String.valueOf(wrong.getMessage()));
        }
        if (!client.printsJson()) {
            now.forEach((name, value) ->
                    SystemRuntime.out().printf("%-14s %s%n", name, value instanceof String ? value : Json.line(value)));
        }
        return ExitCode.DONE;
    }

    @Command(name = "heal", description = "Removes all rules.")
    int heal() {
        client.send("DELETE", "door/faults", "");
        SystemRuntime.out().println("Doors are open.");
        return ExitCode.DONE;
    }
}
