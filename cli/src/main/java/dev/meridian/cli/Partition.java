package dev.meridian.cli;

import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Cuts every link between two groups of regions. */
@Command(
        name = "partition",
        mixinStandardHelpOptions = true,
        description =
                "Cuts all links between two groups.%nExample: meridian partition us-east-1 / eu-west-1,ap-southeast-2")
final class Partition implements Callable<Integer> {

    @Mixin
    private Client client = new Client();

    @Parameters(arity = "3", paramLabel = "GROUP / GROUP", description = "Two groups, regions separated by commas.")
    private List<String> groups = List.of();

    @Option(names = "--for", description = "Heals by itself after so long, for example 60s.")
    private @Nullable String duration;

    @Override
    public Integer call() {
        if (!groups.get(1).equals("/")) {
            throw new UserError(ExitCode.USAGE, "write it like 'partition us-east-1 / eu-west-1,ap-southeast-2'");
        }
        String body =
                duration == null ? "{}" : "{\"forMillis\":" + dev.meridian.chaos.fault.Durations.millis(duration) + "}";
        int cut = 0;
        for (String one : groups.get(0).split(",")) {
            for (String other : groups.get(2).split(",")) {
                client.send("POST", "links/" + one + "/" + other + ":cut", body);
                client.send("POST", "links/" + other + "/" + one + ":cut", body);
                cut += 2;
            }
        }
        SystemRuntime.out()
                .println("Cut " + cut + " links" + (duration == null ? "" : " for " + duration)
                        + ". Undo now: meridian heal --all");
        return ExitCode.DONE;
    }
}
