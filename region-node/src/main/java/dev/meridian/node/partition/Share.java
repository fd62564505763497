package dev.meridian.node.partition;

import dev.meridian.node.stage.StageEnd;
import dev.meridian.storage.WriteBatch;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One partition's part of a transaction: decided and numbered, waiting to be committed together with the others. */
public final class Share {

    /** What the partition does about the end of the commit; called on the store's thread. */
    interface Ended {

        void durable();

        void settled();
    }

    private final CommitFence fence;
    private final TransactionPart.Decided decided;
    private final Ended ended;

    Share(CommitFence fence, TransactionPart.Decided decided, Ended ended) {
        this.fence = fence;
        this.decided = decided;
        this.ended = ended;
    }

    /** What became of each of the partition's actions, in their order. */
    public List<WriteOutcome> outcomes() {
        return decided.outcomes();
    }

    public WriteBatch batch() {
        return decided.batch();
    }

    /**
     * Hands the joint batch to the store, unless a commit of one of the partitions has failed: then none of it is written,
     * and the partitions that had decided throw away what they decided. Completes with the commit.
     */
    public static CompletionStage<Void> commit(List<Share> shares, Supplier<CompletionStage<Void>> handOver) {
        if (shares.isEmpty()) {
            return handOver.get();
        }
        Share first = shares.get(0);
        CompletableFuture<Void> done = new CompletableFuture<>();
        boolean taken = first.fence.submit(
                () -> commit(shares.subList(1, shares.size()), handOver).whenComplete((durable, failure) -> {
                    first.end(failure);
                    StageEnd.passOn(done, null, failure);
                }));
        if (taken) {
            return done;
        }
        Throwable reason = first.fence.failure();
        shares.subList(1, shares.size()).forEach(share -> share.abandon(reason));
        return CompletableFuture.failedFuture(reason);
    }

    /** The transaction cannot be committed: what this partition decided for it must not be built upon. */
    public void abandon(Throwable reason) {
        if (fence.submit(() -> {})) {
            end(reason);
        }
    }

    private void end(@Nullable Throwable failure) {
        if (failure == null) {
            fence.succeeded(decided.ticket());
            ended.durable();
        } else {
            fence.failed(failure);
        }
        if (fence.isSettled()) {
            ended.settled();
        }
    }
}
