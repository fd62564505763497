package dev.meridian.node.partition;

import dev.meridian.node.stage.StageFailure;

/**
 * Stands between a partition and the store, so that nothing is handed over after a commit has failed: what was decided on
 * top of a failed write must not become true without it. Handing over and failing exclude each other; everything handed
 * over before a failure is refused by the store together with it.
 */
final class CommitFence {

    private int underWay;
    private volatile long durable;
    private @org.jspecify.annotations.Nullable Throwable failure;

    /** Hands a commit over, unless an earlier one failed. Returns whether it did. */
    synchronized boolean submit(Runnable handOver) {
        if (failure != null) {
            return false;
        }
        underWay++;
        handOver.run();
        return true;
    }

    synchronized void succeeded(long ticket) {
        underWay--;
        durable = Math.max(durable, ticket);
    }

    synchronized void failed(Throwable cause) {
        underWay--;
        if (failure == null) {
            failure = StageFailure.of(cause);
        }
    }

    /** The greatest ticket known to be durable. */
    long durable() {
        return durable;
    }

    synchronized boolean isBroken() {
        return failure != null;
    }

    /** Whether a commit failed and every other one has come to its end. */
    synchronized boolean isSettled() {
        return failure != null && underWay == 0;
    }

    synchronized Throwable failure() {
        if (failure == null) {
            throw new IllegalStateException("no commit has failed");
        }
        return failure;
    }
}
