package dev.meridian.node.http;

import dev.meridian.node.wire.RawHttp;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;

/** A door on a free port before a handler of the test's choice. */
final class OpenDoor implements AutoCloseable {

    static final Instant NOW = Instant.parse("2031-05-06T07:08:09Z");

    final Vertx vertx = Vertx.vertx(
            new VertxOptions().setEventLoopPoolSize(1).setWorkerPoolSize(1).setInternalBlockingPoolSize(1));
    final RequestMetrics metrics = new RequestMetrics("us-east-1", new AtomicLong()::incrementAndGet);
    final RegionDoor door;
    final int port;

    OpenDoor(OperationHandler operations) {
        this(operations, DoorGate.OPEN, List.of());
    }

    OpenDoor(OperationHandler operations, DoorGate gate, List<HttpResource> resources) {
        this(operations, gate, resources, BytesInFlight.forThisHeap());
    }

    OpenDoor(OperationHandler operations, DoorGate gate, List<HttpResource> resources, BytesInFlight inFlight) {
        InstantSource clock = InstantSource.fixed(NOW);
        door = new RegionDoor(
                vertx,
                "us-east-1",
                operations,
                clock,
                new Random(1),
                metrics,
                gate,
                Sessions.NONE,
                resources,
                inFlight);
        port = door.open("127.0.0.1", 0).toCompletableFuture().join();
    }

    RawHttp connect() throws IOException {
        return new RawHttp(port);
    }

    RawHttp.Response exchange(byte[] request) throws IOException {
        try (RawHttp http = connect()) {
            return http.exchange(request);
        }
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
