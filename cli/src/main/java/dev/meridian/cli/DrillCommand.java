package dev.meridian.cli;

import dev.meridian.chaos.drill.Drill;
import dev.meridian.chaos.drill.DrillLibrary;
import dev.meridian.chaos.drill.DrillResult;
import dev.meridian.chaos.drill.DrillRun;
import dev.meridian.chaos.report.ResultFiles;
import dev.meridian.chaos.report.RunEnvironment;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs drills. */
@Command(
        name = "drill",
        mixinStandardHelpOptions = true,
        description = "Runs drills: a load, faults on a timeline, and what must hold.%n"
                + "Example: meridian drill run lose-us-east-1")
final class DrillCommand extends DrillTools {

    private static final long BREATH_NANOS = 1_000_000;

    @Command(name = "ls", description = "Lists the drills that come along.")
    int list() {
        for (String name : DrillLibrary.names()) {
            Drill drill = DrillFiles.drill(name);
            SystemRuntime.out().printf("%-22s %s%n", name, drill.title());
        }
        return ExitCode.DONE;
    }

    @Command(name = "show", description = "Prints the file of a drill that comes along, to start one's own from.")
    int show(@Parameters(paramLabel = "NAME") String name) {
        SystemRuntime.out().print(DrillFiles.text(name));
        return ExitCode.DONE;
    }

    @Command(
            name = "run",
            description = "Runs a drill on regions of its own and writes a report. Exit 1 where it fails, 2 where it "
                    + "shows nothing.")
    int run(
            @Parameters(
                            paramLabel = "FILE|NAME",
                            arity = "0..1",
                            description = "A drill file, or a drill that comes along.")
                    @Nullable
                    String what,
            @Option(
                            names = "--all",
                            description =
                                    "Every drill that comes along, in real and in virtual time, and whether the two agree.")
                    boolean all,
            @Option(
                            names = "--out",
                            defaultValue = "drills",
                            description = "Where reports go (default: ${DEFAULT-VALUE}).")
                    Path out,
            @Option(names = "--url", description = "Run against a Meridian that runs already, by its front door.")
                    @Nullable
                    String url,
            @Option(names = "--keep", description = "With --url: leave the drill's table in its regions, to look at.")
                    boolean keep)
            throws IOException {
        if (keep && url == null) {
            throw new UserError(
                    ExitCode.USAGE, "--keep goes with --url: regions of the drill's own go with all they hold");
        }
        if (all) {
            try (StopSignal stop = new StopSignal()) {
                int code = new AllDrills(out, stop).run();
                stop.exitsWith(code);
                return code;
            }
        }
        if (what == null) {
            throw new UserError(
                    ExitCode.USAGE, "name a drill or a file, or say --all; 'meridian drill ls' lists the drills");
        }
        Drill drill = DrillFiles.drill(what);
        SystemRuntime.out().println(drill.title());
        return runAndTell(
                drill,
                out,
                stop -> url != null
                        ? run(drill, url, stop, keep, DrillCommand::say)
                        : run(drill, DrillWorld.start(drill), stop));
    }

    /** Runs a drill somewhere. */
    @FunctionalInterface
    interface Running {

        DrillResult until(StopSignal stop) throws IOException;
    }

    /** Runs the drill, writes its report, tells what came of it, and gives the exit code. */
    static int runAndTell(Drill drill, Path out, Running running) throws IOException {
        RunEnvironment environment = SystemRuntime.environment(RunEnvironment.Mode.REAL_TIME);
        try (StopSignal stop = new StopSignal()) {
            DrillResult result = running.until(stop);
            Path folder = out.resolve(drill.name());
            ResultFiles.write(result, environment, folder);
            tell(result, folder);
            int code = switch (result.verdict()) {
                case PASSED -> ExitCode.DONE;
                case FAILED -> ExitCode.FAILED;
                case INCONCLUSIVE -> ExitCode.INCONCLUSIVE;
            };
            stop.exitsWith(code);
            return code;
        }
    }

    private static void say(String line) {
        SystemRuntime.out().println(line);
    }

    /** Runs the drill in regions of its own, which end with it. */
    static DrillResult run(Drill drill, DrillWorld world, StopSignal stop) {
        try (world) {
            return run(drill, world.url(), stop, true, DrillCommand::say);
        }
    }

    /** Runs it against a Meridian, where its table is kept or not; {@code tell} hears of what happens. */
    static DrillResult run(Drill drill, String url, StopSignal stop, boolean keep, Consumer<String> tell) {
        try {
            DrillRun run =
                    new DrillRun(drill, url, SystemRuntime::nanos, () -> LockSupport.parkNanos(BREATH_NANOS), tell);
            if (keep) {
                run.keepingTable();
            }
            stop.onAsk(run::stop);
            return run.run();
        } catch (IllegalStateException | java.io.UncheckedIOException failure) {
            throw new UserError(ExitCode.UNAVAILABLE, String.valueOf(failure.getMessage()));
        }
    }

    private static void tell(DrillResult result, Path folder) {
        result.measures()
                .forEach((name, value) ->
                        SystemRuntime.out().printf("  %-26s %s%n", name, ResultFiles.show(name, value)));
        result.failed().forEach(threshold -> SystemRuntime.out().println("  does not hold: " + threshold.text()));
        SystemRuntime.out()
                .println(result.verdict() + (result.reason().isEmpty() ? "" : ": " + result.reason()) + ". Report: "
                        + folder.resolve("index.html"));
    }
}
