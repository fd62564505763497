package dev.meridian.node.http;

import io.vertx.core.Deployable;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A server on one port, with as many event loops as there are cores. A connection stays with
 * the loop that took it.
 */
final class Listener {

    /** Servers that listen on the same negative number share a port that the system picks: each listener has its own. */
    private static final AtomicInteger NEXT_SHARED = new AtomicInteger(-1);

    private final Vertx vertx;
    private final Consumer<HttpServer> handlers;
    private final int loops;
    private volatile Future<@Nullable String> opening = Future.succeededFuture();

    /**
     * Makes a listener, not open yet.
     *
     * @param handlers gives a server its handlers, which are called on several threads
     */
    Listener(Vertx vertx, Consumer<HttpServer> handlers) {
        this(vertx, Runtime.getRuntime().availableProcessors(), handlers);
    }

    Listener(Vertx vertx, int loops, Consumer<HttpServer> handlers) {
        this.vertx = vertx;
        this.loops = loops;
        this.handlers = handlers;
    }

    /** Starts to listen; fails where the port is taken. The stage completes with the port. To be called once. */
    CompletionStage<Integer> open(String host, int port) {
        AtomicInteger bound = new AtomicInteger(port);
        int shared = port == 0 ? NEXT_SHARED.getAndDecrement() : port;
        opening = vertx.deployVerticle(() -> server(host, shared, bound), new DeploymentOptions().setInstances(loops));
        return opening.map(open -> bound.get()).toCompletionStage();
    }

    /** Another one each time, as Vert.x asks for. */
    private Deployable server(String host, int port, AtomicInteger bound) {
        return context -> {
            HttpServer server = vertx.createHttpServer(RegionDoor.options());
            handlers.accept(server);
            return server.listen(port, host).onSuccess(listening -> bound.set(listening.actualPort()));
        };
    }

    /** Stops listening and drops every connection. */
    CompletionStage<Void> close() {
        return opening.transform(opened -> opened.failed() ? Future.succeededFuture() : undeploy(opened.result()))
                .toCompletionStage();
    }

    private Future<Void> undeploy(@Nullable String opened) {
        return opened == null ? Future.succeededFuture() : vertx.undeploy(opened);
    }
}
