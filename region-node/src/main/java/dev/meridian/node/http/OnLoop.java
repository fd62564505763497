package dev.meridian.node.http;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;

/**
 * Talks to another server on an event loop. An exchange that is begun on any other thread hears of the answer there, now and then
 * after its body has gone by: it then has the answer's status and no body.
 */
public final class OnLoop {

    private OnLoop() {}

    /** Begins an exchange on an event loop; fails where there is none left. */
    public static <T> Future<T> exchange(Vertx vertx, Supplier<Future<T>> exchange) {
        Promise<T> done = Promise.promise();
        try {
            vertx.runOnContext(go -> begin(exchange).onComplete(done));
        } catch (RejectedExecutionException closed) {
            return Future.failedFuture(closed);
        }
        return done.future();
    }

    private static <T> Future<T> begin(Supplier<Future<T>> exchange) {
        try {
            return exchange.get();
        } catch (IllegalStateException closed) {
            // Those who end close their clients first; what is still said fails like on a broken wire.
            return Future.failedFuture(closed);
        }
    }
}
