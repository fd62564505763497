package dev.meridian.node;

import java.time.Duration;
import java.util.concurrent.Executor;
import org.apache.pekko.actor.typed.ActorSystem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs a region's recurring chores on the reading executor, each again a while after it has ended. */
final class Housekeeping {

    private static final Logger LOG = LoggerFactory.getLogger(Housekeeping.class);

    private final ActorSystem<?> system;
    private final Executor reading;

    Housekeeping(ActorSystem<?> system, Executor reading) {
        this.system = system;
        this.reading = reading;
    }

    void every(Duration pause, Runnable chore) {
        try {
            system.scheduler()
                    .scheduleOnce(pause, () -> reading.execute(() -> run(pause, chore)), system.executionContext());
        } catch (IllegalStateException stopped) {
            LOG.debug("the region stops, and its chores with it", stopped);
        }
    }

    private void run(Duration pause, Runnable chore) {
        try {
            chore.run();
        } catch (RuntimeException failure) {
            LOG.warn("{} failed, trying again in {}", chore.getClass().getSimpleName(), pause, failure);
        }
        every(pause, chore);
    }
}
