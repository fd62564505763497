package dev.meridian.cli;

import java.io.PrintStream;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** What is set on tables and no part of DynamoDB. */
@Command(
        name = "table",
        mixinStandardHelpOptions = true,
        description =
                "Sets what DynamoDB has no setting for." + "%nExample: meridian table policy orders priority=us-east-1")
final class TableCommand {

    @Mixin
    private Client client = new Client();

    @Command(
            name = "policy",
            description =
                    "Shows, or sets on an empty table, which of two concurrent writes to an item stays: last-writer, as in "
                            + "DynamoDB, attributes (the later of each), or priority=REGION.")
    int policy(
            @Parameters(paramLabel = "TABLE") String table,
            @Parameters(arity = "0..1", paramLabel = "POLICY") @Nullable String policy) {
        PrintStream out = SystemRuntime.out();
        if (policy != null) {
            client.send(
                    "PUT",
                    "tables/" + table + "/conflict-policy",
                    "{\"policy\":\"" + policy.replace("\\", "").replace("\"", "") + "\"}");
        }
        Map<String, Object> regions = Json.object(client.get("contents").get("regions"));
        if (client.printsJson()) {
            return ExitCode.DONE;
        }
        regions.forEach((region, tables) -> {
            Map<String, Object> contents = Json.object(Json.object(tables).get(table));
            if (!contents.isEmpty()) {
                out.printf("%-16s %s%n", region, Json.text(contents.get("conflictPolicy")));
            }
        });
        return ExitCode.DONE;
    }
}
