package dev.meridian.chaos.simulator;

import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Tells one who waits what another has come to. */
public final class Answered {

    private Answered() {}

    /** For {@code whenComplete}: the answer ends as that does. */
    public static <T> BiConsumer<T, @Nullable Throwable> to(CompletableFuture<T> answer) {
        return (came, failure) -> {
            if (failure == null) {
                answer.complete(came);
            } else {
                answer.completeExceptionally(failure);
            }
        };
    }
}
