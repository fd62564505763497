package dev.meridian.node.http;

import io.vertx.core.http.HttpServerRequest;

/** Something besides the DynamoDB API that a door serves. */
public interface HttpResource {

    /** Requests whose path starts with this are for the resource. */
    String pathPrefix();

    /** Handles one request, on its event loop; must not block and must end the response in the end. */
    void handle(HttpServerRequest request);
}
