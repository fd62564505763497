package dev.meridian.node.partition;

import dev.meridian.storage.OrderedStore;
import dev.meridian.storage.StoreException;
import dev.meridian.storage.WriteBatch;
import java.util.function.Consumer;

/**
 * What a partition has decided, on its way to the store: one {@link CommitFence} after another. Used on the partition's thread alone; that
 * commits have come to their end is told on the store's.
 */
final class Commits {

    /** What to do when a commit has come to its end; runs on the store's thread. */
    interface End {

        void durable();

        void failed(Throwable failure);
    }

    /** A decision threw: a bug, or something in the store that makes no sense. Other decisions may well come about. */
    static final class UndecidedException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        UndecidedException(RuntimeException cause) {
            super("could not be decided: " + cause, cause);
        }
    }

    private final OrderedStore store;
    private final Consumer<CommitFence> settled;
    private CommitFence fence = new CommitFence();

    /** {@code settled} is told of a fence that is broken once every commit it let through has come to its end. */
    Commits(OrderedStore store, Consumer<CommitFence> settled) {
        this.store = store;
        this.settled = settled;
    }

    CommitFence fence() {
        return fence;
    }

    /** Hands a decision to the store. */
    void commit(WriteBatch batch, long ticket, End end) {
        CommitFence current = fence;
        boolean taken = current.submit(() -> store.commit(batch).whenComplete((done, failure) -> {
            if (failure == null) {
                current.succeeded(ticket);
                end.durable();
            } else {
                current.failed(failure);
                end.failed(current.failure());
            }
            tellIfSettled(current);
        }));
        if (!taken) {
            end.failed(current.failure());
        }
    }

    /** What tells of a decision not yet durable waits for it: an empty batch completes after all before it. */
    void onceDurable(long ticket, End end) {
        if (ticket <= fence.durable()) {
            end.durable();
        } else {
            commit(new WriteBatch(), ticket, end);
        }
    }

    /** A decision has thrown and may be half done: nothing may be built on what the partition holds now. */
    void undecided(RuntimeException cause) {
        CommitFence current = fence;
        if (current.submit(() -> {})) {
            current.failed(cause instanceof StoreException ? cause : new UndecidedException(cause));
            tellIfSettled(current);
        }
    }

    /** Whether the partition may recover from the store now, and start over. */
    boolean startsOver(CommitFence ended) {
        if (ended != fence || !isSurvived(fence.failure())) {
            return false;
        }
        fence = new CommitFence();
        return true;
    }

    private static boolean isSurvived(Throwable failure) {
        return failure instanceof UndecidedException
                || failure instanceof StoreException store && store.kind() == StoreException.Kind.NO_SPACE;
    }

    private void tellIfSettled(CommitFence current) {
        if (current.isSettled()) {
            settled.accept(current);
        }
    }
}
