package dev.meridian.node.stage;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The end of a stage, passed on to whoever waits for another. */
public final class StageEnd {

    private StageEnd() {}

    /** Ends a future as a stage has ended: with its failure, or else with its result. */
    public static <T> void passOn(CompletableFuture<T> to, @Nullable T result, @Nullable Throwable failure) {
        if (failure == null) {
            to.complete(result);
        } else {
            to.completeExceptionally(failure);
        }
    }
}
