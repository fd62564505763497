package dev.meridian.cli;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Ctrl-C or SIGTERM: tells the command to stop, and holds the process until it has stopped in good order. */
final class StopSignal implements AutoCloseable {

    /** A stop that takes longer than this is not worth waiting for; what was acknowledged is on disk already. */
    private static final long PATIENCE_SECONDS = 15;

    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch done = new CountDownLatch(1);
    private final List<Runnable> whenAsked = new CopyOnWriteArrayList<>();

    private volatile int exitCode = -1;

    StopSignal() {
        Runtime.getRuntime().addShutdownHook(new Thread(this::hold, "stop"));
    }

    private void hold() {
        boolean isSignal = done.getCount() > 0;
        asked.countDown();
        whenAsked.forEach(Runnable::run);
        try {
            done.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
        int code = exitCode;
        if (isSignal && code >= 0) {
            Runtime.getRuntime().halt(code);
        }
    }

    /** Where a signal has asked the process to stop, it ends with this code, not the signal's. */
    void exitsWith(int code) {
        exitCode = code;
    }

    /** Returns when the process is asked to stop, by a signal or by {@link #ask}. */
    void await() throws InterruptedException {
        asked.await();
    }

    /** Whether the process has been asked to stop. */
    boolean isAsked() {
        return asked.getCount() == 0;
    }

    /** Runs the task when a signal asks the process to stop. */
    void onAsk(Runnable task) {
        whenAsked.add(task);
    }

    /** Asks from inside. */
    void ask() {
        asked.countDown();
    }

    /** Everything has stopped: the process may end. */
    @Override
    public void close() {
        done.countDown();
    }
}
