package dev.meridian.node.http;

import io.vertx.core.Deployable;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A server on one port, with as many event loops as there are cores; a connection stays with the loop that took it. What is no HTTP is
 * refused, and so is whoever does not come to the end of a request's headers in time.
 */
final class Listener {

    /** Servers that listen on the same negative number share a port that the system picks: each listener has its own. */
    private static final AtomicInteger NEXT_SHARED = new AtomicInteger(-1);

    private static final int HEADER_BYTES_MAX = 16 * 1024;
    private static final int IDLE_SECONDS = 75;
    /** A millisecond each; whoever still has the port then is somebody else. */
    private static final int RELEASE_TRIES_MAX = 500;

    private final Vertx vertx;
    private final int loops;
    private final Consumer<HttpConnection> connected;
    private final Consumer<HttpServerRequest> requests;
    private final HeaderDeadline deadline;
    private final AtomicInteger bound = new AtomicInteger();
    private volatile Future<@Nullable String> opening = Future.succeededFuture();
    private volatile String host = "";

    /** Makes a listener, not open yet. It calls both on the event loop of the connection. */
    Listener(Vertx vertx, Consumer<HttpConnection> connected, Consumer<HttpServerRequest> requests) {
        this(vertx, Runtime.getRuntime().availableProcessors(), connected, requests);
    }

    Listener(Vertx vertx, int loops, Consumer<HttpConnection> connected, Consumer<HttpServerRequest> requests) {
        this.vertx = vertx;
        this.loops = loops;
        this.connected = connected;
        this.requests = requests;
        this.deadline = new HeaderDeadline(vertx, HeaderDeadline.MILLIS);
    }

    static HttpServerOptions options() {
        return new HttpServerOptions()
                .setTcpNoDelay(true)
                .setHttp2ClearTextEnabled(false)
                .setCompressionSupported(false)
                .setHandle100ContinueAutomatically(true)
                .setMaxHeaderSize(HEADER_BYTES_MAX)
                .setMaxInitialLineLength(HEADER_BYTES_MAX)
                .setIdleTimeout(IDLE_SECONDS);
    }

    /** Starts to listen; fails where the port is taken. The stage completes with the port. To be called once. */
    CompletionStage<Integer> open(String at, int port) {
        host = at;
        int shared = port == 0 ? NEXT_SHARED.getAndDecrement() : port;
        opening = vertx.deployVerticle(() -> server(shared), new DeploymentOptions().setInstances(loops));
        return opening.map(open -> bound.get()).toCompletionStage();
    }

    /** Another one each time, as Vert.x asks for. */
    private Deployable server(int port) {
        return context -> vertx.createHttpServer(options())
                .connectionHandler(this::onConnection)
                .requestHandler(this::onRequest)
                .invalidRequestHandler(Listener::refuse)
                .listen(port, host)
                .onSuccess(listening -> bound.set(listening.actualPort()));
    }

    private void onConnection(HttpConnection connection) {
        deadline.connected(connection);
        connected.accept(connection);
    }

    private void onRequest(HttpServerRequest request) {
        deadline.heard(request);
        requests.accept(request);
    }

    /** What is no HTTP, or has more than 16 KB of headers, as the service answers it. */
    private static void refuse(HttpServerRequest request) {
        ServiceReply.closeAfter(request);
        request.response()
                .setStatusCode(400)
                .putHeader(HttpHeaders.SERVER, ServiceReply.SERVER)
                .end();
    }

    /** Stops listening and drops every connection. */
    CompletionStage<Void> close() {
        return opening.transform(opened -> opened.failed() ? Future.succeededFuture() : undeploy(opened.result()))
                .toCompletionStage();
    }

    private Future<Void> undeploy(@Nullable String opened) {
        return opened == null
                ? Future.succeededFuture()
                : vertx.undeploy(opened).compose(closed -> released(RELEASE_TRIES_MAX));
    }

    /**
     * The system lets go of the port when the acceptor's selector has been asked once more, a moment after the server says that it
     * is closed: till then it takes connections, and nobody else gets it.
     */
    private Future<Void> released(int tries) {
        return tries == 0 || isFree()
                ? Future.succeededFuture()
                : vertx.timer(1, TimeUnit.MILLISECONDS).compose(later -> released(tries - 1));
    }

    /** Whether the port can be bound; nobody can connect meanwhile. */
    private boolean isFree() {
        try (Socket probe = new Socket()) {
            probe.setReuseAddress(true);
            probe.bind(new InetSocketAddress(host, bound.get()));
            return true;
        } catch (IOException taken) {
            return false;
        }
    }
}
