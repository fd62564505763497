package dev.meridian.cli;

import dev.meridian.chaos.drill.Drill;
import dev.meridian.chaos.fault.Durations;
import dev.meridian.chaos.soak.Soak;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Writes for a long time in regions of one process each, while something breaks every so often. */
@Command(
        name = "soak",
        mixinStandardHelpOptions = true,
        description = "Writes in regions of one process each under random faults, and accounts for every acknowledged "
                + "write.%nExample: meridian soak --for 30m --every 20s")
final class SoakCommand implements Callable<Integer> {

    @Option(
            names = "--regions",
            split = ",",
            defaultValue = "us-east-1,eu-west-1,ap-southeast-2,us-west-2,eu-central-1",
            description = "The regions (default: ${DEFAULT-VALUE}).")
    private List<String> regions = List.of();

    @Option(names = "--for", defaultValue = "30m", description = "How long (default: ${DEFAULT-VALUE}).")
    private String length = "";

    @Option(names = "--every", defaultValue = "20s", description = "From fault to fault (default: ${DEFAULT-VALUE}).")
    private String every = "";

    @Option(names = "--rate", defaultValue = "100", description = "Operations a second (default: ${DEFAULT-VALUE}).")
    private double perSecond;

    @Option(names = "--seed", description = "What the faults follow from; drawn where none is given.")
    private @Nullable Long seed;

    @Option(
            names = "--out",
            defaultValue = "drills",
            description = "Where the report goes (default: ${DEFAULT-VALUE}).")
    private Path out = Path.of("drills");

    @Override
    public Integer call() throws IOException {
        long given = seed == null ? SystemRuntime.random().nextInt(1_000_000) : seed;
        Drill drill;
        try {
            drill = Soak.drill(regions, Durations.millis(length), Durations.millis(every), perSecond, given);
        } catch (IllegalArgumentException wrong) {
            throw new UserError(ExitCode.USAGE, String.valueOf(wrong.getMessage()));
        }
        SystemRuntime.out().println("soak: seed " + given);
        return DrillCommand.runAndTell(drill, out, stop -> DrillCommand.run(drill, DrillWorld.isolated(drill), stop));
    }
}
