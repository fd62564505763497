package dev.meridian.node.http;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Ends connections whose first request does not come to the end of its headers in time: a client that sends a byte now and then is
 * never idle.
 */
final class HeaderDeadline {

    static final long MILLIS = 10_000;

    private final Vertx vertx;
    private final long millis;
    private final Set<HttpConnection> silent = ConcurrentHashMap.newKeySet();

    HeaderDeadline(Vertx vertx, long millis) {
        this.vertx = vertx;
        this.millis = millis;
    }

    void connected(HttpConnection connection) {
        silent.add(connection);
        connection.closeHandler(closed -> silent.remove(connection));
        vertx.setTimer(millis, due -> {
            if (silent.remove(connection)) {
                connection.close();
            }
        });
    }

    /** The headers of a request are here. */
    void heard(HttpServerRequest request) {
        if (!silent.isEmpty()) {
            silent.remove(request.connection());
        }
    }
}
