package dev.meridian.node.http;

import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;

/** What every request passes before it is handled. */
@FunctionalInterface
public interface DoorGate {

    /** Lets everybody in. */
    DoorGate OPEN = (request, enter) -> enter.run();

    /** What stands between the door and the operations: nothing, or something that fails some of them. */
    default OperationHandler before(OperationHandler operations) {
        return operations;
    }

    /** Somebody has connected. */
    default void connected(HttpConnection connection) {}

    /** Runs {@code enter} when the request may go on: now, or later on the request's event loop, or never. */
    void pass(HttpServerRequest request, Runnable enter);
}
