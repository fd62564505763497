package dev.meridian.cli;

import dev.meridian.chaos.report.RunEnvironment;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.InputStream;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;

/** The machine: its clocks, its randomness and its console. The one place that touches them. */
final class SystemRuntime {

    private static final long POLL_MILLIS = 100;

    private SystemRuntime() {}

    static InstantSource clock() {
        return InstantSource.system();
    }

    /** Monotonic, in nanoseconds. */
    static long nanos() {
        return System.nanoTime();
    }

    /** A moment, for those who ask again and again. */
    static void pause() {
        try {
            Thread.sleep(POLL_MILLIS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new UserError(ExitCode.INCONCLUSIVE, "interrupted");
        }
    }

    /** Seeded by the machine; thread-safe. */
    static RandomGenerator random() {
        return new Random();
    }

    static PrintStream out() {
        return System.out;
    }

    static PrintStream err() {
        return System.err;
    }

    /** How long this process has been running, in milliseconds. */
    static long uptimeMillis() {
        return System.currentTimeMillis() - ManagementFactory.getRuntimeMXBean().getStartTime();
    }

    /** How much this process may put into its heap at most. */
    static long heapBytes() {
        return Runtime.getRuntime().maxMemory();
    }

    static InputStream in() {
        return System.in;
    }

    /** Event loops enough for the doors and links of one machine: one for each core. */
    static Vertx vertx() {
        return Vertx.vertx(new VertxOptions()
                .setEventLoopPoolSize(Math.max(2, Runtime.getRuntime().availableProcessors()))
                .setWorkerPoolSize(2)
                .setInternalBlockingPoolSize(2));
    }

    /** The command line that runs this program, without its arguments: the same Java machine, options and classes. */
    static List<String> thisProgram() {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add(Meridian.class.getName());
        return command;
    }

    /** Where and when something runs that began just now. */
    static RunEnvironment environment(RunEnvironment.Mode mode) {
        return RunEnvironment.here(
                Version.text(),
                mode,
                clock().instant().truncatedTo(ChronoUnit.SECONDS).toString());
    }
}
