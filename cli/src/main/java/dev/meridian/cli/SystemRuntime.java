package dev.meridian.cli;

import java.io.PrintStream;
import java.time.InstantSource;
import java.util.Random;
import java.util.random.RandomGenerator;

/** The machine: its clocks, its randomness and its console. The one place that touches them. */
final class SystemRuntime {

    private SystemRuntime() {}

    static InstantSource clock() {
        return InstantSource.system();
    }

    /** Monotonic, in nanoseconds. */
    static long nanos() {
        return System.nanoTime();
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
        return System.currentTimeMillis()
                - java.lang.management.ManagementFactory.getRuntimeMXBean().getStartTime();
    }
}
