package dev.meridian.node.http;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.random.RandomGenerator;

/**
 * One region's HTTP door: the DynamoDB API at {@code /}, and the resources given to it. The front door of a run hands its
 * requests to {@link #handle} without a socket between.
 */
public final class RegionDoor {

    private final Vertx vertx;
    private final DynamoDbProtocol protocol;
    private final DoorGate gate;
    private final Resources resources;
    private final Listener listener;

    /**
     * Makes a door, not open yet.
     *
     * @param clock the region's wall clock, which answers carry as their Date
     */
    public RegionDoor(
            Vertx vertx,
            String region,
            OperationHandler operations,
            InstantSource clock,
            RandomGenerator random,
            RequestMetrics metrics,
            DoorGate gate,
            Sessions sessions,
            List<HttpResource> resources) {
        this(vertx, region, operations, clock, random, metrics, gate, sessions, resources, BytesInFlight.forThisHeap());
    }

    RegionDoor(
            Vertx vertx,
            String region,
            OperationHandler operations,
            InstantSource clock,
            RandomGenerator random,
            RequestMetrics metrics,
            DoorGate gate,
            Sessions sessions,
            List<HttpResource> resources,
            BytesInFlight inFlight) {
        this.vertx = vertx;
        this.protocol = new DynamoDbProtocol(
                vertx, region, gate.before(operations), clock, random, metrics, inFlight, sessions);
        this.gate = gate;
        this.resources = new Resources(resources);
        this.listener = new Listener(vertx, gate::connected, this::handle);
    }

    /** Starts to listen; fails where the port is taken. The stage completes with the port. */
    public CompletionStage<Integer> open(String host, int port) {
        resources.bound(host);
        return listener.open(host, port);
    }

    /** Stops listening and drops every connection. */
    public CompletionStage<Void> close() {
        return listener.close();
    }

    /** Somebody has connected to a door that may hand requests to this one. */
    public void connected(HttpConnection connection) {
        gate.connected(connection);
    }

    /** Handles a request, on its own event loop. */
    public void handle(HttpServerRequest request) {
        gate.pass(request, () -> enter(request));
    }

    private void enter(HttpServerRequest request) {
        if (resources.serve(request)) {
            return;
        }
        Context context = Vertx.currentContext();
        protocol.handle(request, context == null ? vertx.getOrCreateContext() : context);
    }
}
