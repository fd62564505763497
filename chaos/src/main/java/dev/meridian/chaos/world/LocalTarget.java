package dev.meridian.chaos.world;

import dev.meridian.node.RegionNode;
import dev.meridian.node.http.FrontDoor;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;

/** A live region of this process. */
record LocalTarget(RegionNode node) implements FrontDoor.RegionTarget {

    @Override
    public void handle(HttpServerRequest request) {
        node.handle(request);
    }

    @Override
    public void connected(HttpConnection connection) {
        node.connected(connection);
    }
}
