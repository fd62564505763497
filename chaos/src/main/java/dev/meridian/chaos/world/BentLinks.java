package dev.meridian.chaos.world;

import dev.meridian.chaos.fault.ChaosLinks;
import dev.meridian.chaos.fault.FaultBoard;
import dev.meridian.replication.link.Links;
import io.vertx.core.Vertx;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/** Links bent by a board, with Vert.x's timers. */
public final class BentLinks {

    private static final long NANOS_PER_MILLI = 1_000_000;

    private BentLinks() {}

    /** Runs tasks later by Vert.x's timers. */
    public static ChaosLinks.Timer timer(Vertx vertx) {
        return (delayMillis, task) -> {
            if (delayMillis <= 0) {
                task.run();
            } else {
                vertx.setTimer(delayMillis, fired -> task.run());
            }
        };
    }

    /** {@code nanoClock} is a monotonic clock in nanoseconds. */
    public static Links of(
            String region, Links real, FaultBoard board, Vertx vertx, LongSupplier nanoClock, RandomGenerator random) {
        return new ChaosLinks(region, real, board, timer(vertx), () -> nanoClock.getAsLong() / NANOS_PER_MILLI, random);
    }
}
