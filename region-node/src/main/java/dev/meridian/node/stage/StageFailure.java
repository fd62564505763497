package dev.meridian.node.stage;

import java.util.concurrent.CompletionException;

/** What a stage failed with: stages that follow from it wrap that, once, in an exception of their own. */
public final class StageFailure {

    private StageFailure() {}

    /** The failure without its wrapping. */
    public static Throwable of(Throwable failure) {
        Throwable cause = failure.getCause();
        return failure instanceof CompletionException && cause != null ? cause : failure;
    }
}
