package dev.meridian.node.http;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Keeps what a client has written in sight of it, in whatever region it comes next. A request carries the last token it was
 * given, or {@link #NEW}; its answer carries the next.
 */
public interface Sessions {

    /** Of a request that begins a session. */
    String NEW = "new";

    /** The header that carries tokens. */
    String HEADER = "x-meridian-session";

    /** Promises nothing, and gives no tokens. */
    Sessions NONE = new Sessions() {
        @Override
        public CompletionStage<Void> caughtUp(String token) {
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public CompletionStage<String> after(String token, String account, String operation, byte[] body) {
            return CompletableFuture.completedFuture("");
        }
    };

    /**
     * Completes when everything the token stands for has been applied here. Fails with {@link
     * dev.meridian.table.model.ServiceException} where that takes too long, or where it is no token.
     */
    CompletionStage<Void> caughtUp(String token);

    /** The token after an operation that has taken place here; empty where there is nothing to stand for. */
    CompletionStage<String> after(String token, String account, String operation, byte[] body);
}
