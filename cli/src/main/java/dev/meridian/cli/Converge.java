package dev.meridian.cli;

import dev.meridian.chaos.fault.Durations;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Waits until every region holds the same. */
@Command(
        name = "converge",
        mixinStandardHelpOptions = true,
        description = "Waits until all replicas are equal. Exit 1 where they are not in time.")
final class Converge implements Callable<Integer> {

    @Mixin
    private Client client = new Client();

    @Option(names = "--timeout", defaultValue = "30s", description = "How long to wait (default: ${DEFAULT-VALUE}).")
    private String timeout = "";

    @Override
    public Integer call() {
        Map<String, Object> verdict =
                client.send("POST", "converge", "{\"timeoutMillis\":" + Durations.millis(timeout) + "}");
        boolean isEqual = Boolean.TRUE.equals(verdict.get("converged"));
        if (client.printsJson()) {
            return isEqual ? ExitCode.DONE : ExitCode.FAILED;
        }
        if (isEqual) {
            SystemRuntime.out().println("All replicas are equal.");
            return ExitCode.DONE;
        }
        SystemRuntime.out()
                .println("Not equal. Tables that differ: "
                        + Json.object(verdict.get("differing")).keySet() + ", regions that do not answer: "
                        + Json.list(verdict.get("silent")));
        Json.object(verdict.get("keys"))
                .forEach((table, keys) -> Json.object(keys).forEach((key, held) -> {
                    SystemRuntime.out().println(table + " " + key);
                    Json.object(held)
                            .forEach((region, row) ->
                                    SystemRuntime.out().printf("  %-16s %s%n", region, Json.text(row)));
                }));
        return ExitCode.FAILED;
    }
}
