package dev.meridian.cli;

import dev.meridian.chaos.drill.AddReplicaRun;
import dev.meridian.chaos.drill.CatchUpRun;
import dev.meridian.chaos.drill.MeasureSetting;
import dev.meridian.chaos.fault.Durations;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.ToIntFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures replication in two regions of one process each. */
@Command(
        name = "measure",
        mixinStandardHelpOptions = true,
        description = "Measures replication in two regions of one process each.%nExample: meridian measure catch-up")
final class MeasureCommand {

    private static final long BREATH_NANOS = 1_000_000;
    private static final String SOURCE = "us-east-1";
    private static final String TARGET = "eu-west-1";
    private static final List<String> REGIONS = List.of(SOURCE, TARGET);
    /** So many times as fast as it grew a backlog is to drain. */
    private static final double RATIO_MIN = 5;

    @Command(
            name = "catch-up",
            description = "Cuts the link under full load, heals it, and tells how fast the backlog grew and drained. "
                    + "Exit 1 where it drained less than five times as fast.")
    int catchUp(
            @Option(names = "--cut", defaultValue = "60s", description = "How long (default: ${DEFAULT-VALUE}).")
                    String cut,
            @Option(names = "--writers", defaultValue = "32", description = "How many (default: ${DEFAULT-VALUE}).")
                    int writers,
            @Option(names = "--bytes", defaultValue = "300", description = "Of an item (default: ${DEFAULT-VALUE}).")
                    int bytes)
            throws IOException {
        long cutMillis;
        try {
            cutMillis = Durations.millis(cut);
        } catch (IllegalArgumentException wrong) {
            throw new UserError(ExitCode.USAGE, String.valueOf(wrong.getMessage()));
        }
        return measure(true, setting -> {
            CatchUpRun.Outcome came = new CatchUpRun(setting).run(writers, cutMillis, bytes);
            SystemRuntime.out()
                    .printf(
                            "writes a second: %.0f before the cut, %.0f during it, %.0f while the backlog drained%n",
                            came.writesPerSecond()[0], came.writesPerSecond()[1], came.writesPerSecond()[2]);
            SystemRuntime.out()
                    .printf(
                            "backlog: %d records, grown at %.0f/s, drained in %.1f s at %.0f/s net (%.0f/s applied): %.1f times as "
                                    + "fast%n",
                            came.backlog(),
                            came.grewPerSecond(),
                            came.drainedAfterSeconds(),
                            came.drainedPerSecond(),
                            came.appliedPerSecond(),
                            came.ratio());
            return came.ratio() >= RATIO_MIN ? ExitCode.DONE : ExitCode.FAILED;
        });
    }

    @Command(
            name = "add-replica",
            description = "Adds a replica to a table with many items under load, and tells how long it takes, at which "
                    + "rate, and what the writers notice.")
    int addReplica(
            @Option(names = "--items", defaultValue = "1000000", description = "How many (default: ${DEFAULT-VALUE}).")
                    int items,
            @Option(names = "--bytes", defaultValue = "300", description = "Of an item (default: ${DEFAULT-VALUE}).")
                    int bytes,
            @Option(
                            names = "--rate",
                            defaultValue = "500",
                            description = "Writes a second (default: ${DEFAULT-VALUE}).")
                    double rate)
            throws IOException {
        return measure(false, setting -> {
            AddReplicaRun.Outcome came = new AddReplicaRun(setting).run(items, bytes, rate);
            SystemRuntime.out()
                    .printf(
                            "replica ACTIVE after %.1f s, %.0f items/s; writers' p99 %.1f ms before, %.1f ms meanwhile%n",
                            came.seconds(), came.itemsPerSecond(), came.p99BeforeMillis(), came.p99DuringMillis());
            return ExitCode.DONE;
        });
    }

    /** Measures in two regions of their own; in a world where tables become global by themselves, or one where they do not. */
    private static int measure(boolean isGlobal, ToIntFunction<MeasureSetting> measurement) throws IOException {
        try (DrillWorld world = DrillWorld.isolated(REGIONS, isGlobal)) {
            return measurement.applyAsInt(new MeasureSetting(
                    world.url(), SOURCE, TARGET, SystemRuntime::nanos, MeasureCommand::breathe, MeasureCommand::tell));
        } catch (IllegalStateException failure) {
            throw new UserError(ExitCode.FAILED, String.valueOf(failure.getMessage()));
        }
    }

    private static void breathe() {
        LockSupport.parkNanos(BREATH_NANOS);
    }

    private static void tell(String line) {
        SystemRuntime.out().println(line);
    }
}
