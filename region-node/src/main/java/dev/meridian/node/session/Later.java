package dev.meridian.node.session;

/** Runs something later. */
@FunctionalInterface
public interface Later {

    void run(long afterMillis, Runnable task);
}
