package dev.meridian.node.http;

import dev.meridian.table.operation.Answer;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * For those who watch from outside: {@code /health} is 200 while the process works and tells each region's state, {@code
 * /ready} is 200 once nothing is starting any more and, with {@code ?region=}, only while that region is live; {@code
 * /alive} and {@code /startup} tell of the process alone.
 */
public final class HealthResource implements HttpResource {

    private static final String LIVE = "live";
    private static final String STARTING = "starting";

    private final String path;
    private final Supplier<Map<String, String>> states;

    private HealthResource(String path, Supplier<Map<String, String>> states) {
        this.path = path;
        this.states = states;
    }

    /** {@code states} tells each region's state: {@code live}, {@code starting}, {@code draining}, {@code paused} or {@code killed}. */
    public static List<HttpResource> of(Supplier<Map<String, String>> states) {
        return List.of(
                new HealthResource("/health", states),
                new HealthResource("/ready", states),
                new HealthResource("/alive", states),
                new HealthResource("/startup", states));
    }

    @Override
    public String pathPrefix() {
        return path;
    }

    @Override
    public void handle(HttpServerRequest request) {
        Map<String, String> now = states.get();
        byte[] body = Answer.of(json -> {
            json.writeStringField("status", "up");
            json.writeObjectFieldStart("regions");
            for (Map.Entry<String, String> region : now.entrySet()) {
                json.writeStringField(region.getKey(), region.getValue());
            }
            json.writeEndObject();
        });
        request.response()
                .setStatusCode(status(request, now))
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                .putHeader(HttpHeaders.SERVER, ServiceReply.SERVER)
                .end(Buffer.buffer(body));
    }

    private int status(HttpServerRequest request, Map<String, String> now) {
        if (!path.equals("/ready")) {
            return 200;
        }
        String region = request.getParam("region");
        if (region == null) {
            return now.containsValue(STARTING) ? 503 : 200;
        }
        String state = now.get(region);
        return state == null ? 404 : state.equals(LIVE) ? 200 : 500;
    }
}
