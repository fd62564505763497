package dev.meridian.chaos.route;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.meridian.chaos.world.World;
import dev.meridian.node.http.HttpResource;
import dev.meridian.table.operation.Answer;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/** {@code GET} tells how the front door chooses and how regions stand with it, {@code PUT} changes what it names. */
public final class RouteResource implements HttpResource {

    private static final String PATH = "/_meridian/v1/front-door";
    private static final JsonFactory JSON = new JsonFactory();

    private final World world;
    private final RegionRouting routing;

    public RouteResource(World world, RegionRouting routing) {
        this.world = world;
        this.routing = routing;
    }

    @Override
    public String pathPrefix() {
        return PATH;
    }

    @Override
    public void handle(HttpServerRequest request) {
        if (request.method() != HttpMethod.GET && request.getHeader("Origin") != null) {
            respond(request, 403, error("requests of web pages may not change anything here"));
            return;
        }
        request.body().onSuccess(body -> {
            try {
                if (request.method() == HttpMethod.PUT) {
                    routing.become(routing.settings().with(fields(body), world.regions()));
                }
                respond(request, 200, now());
            } catch (IllegalArgumentException | IOException refused) {
                respond(request, 400, error(String.valueOf(refused.getMessage())));
            }
        });
    }

    private byte[] now() {
        RouteSettings settings = routing.settings();
        return Answer.of(json -> {
            json.writeStringField("policy", settings.policy().word());
            json.writeStringField(
                    "primary", settings.primary().isEmpty() ? world.regions().get(0) : settings.primary());
            json.writeNumberField("checkMillis", settings.checkMillis());
            json.writeNumberField("timeoutMillis", settings.timeoutMillis());
            json.writeNumberField("failures", settings.failures());
            json.writeNumberField("passes", settings.passes());
            json.writeNumberField("ttlMillis", settings.ttlMillis());
            json.writeObjectFieldStart("regions");
            for (Map.Entry<String, Standing> region : routing.standings().entrySet()) {
                json.writeStringField(region.getKey(), region.getValue().word());
            }
            json.writeEndObject();
        });
    }

    private static Map<String, String> fields(Buffer body) throws IOException {
        Map<String, String> fields = new HashMap<>();
        try (JsonParser parser = JSON.createParser(body.getBytes())) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new IOException("a JSON object is expected");
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                parser.nextToken();
                fields.put(name, parser.getText());
            }
        }
        return fields;
    }

    private static byte[] error(String message) {
        return Answer.of(json -> json.writeStringField("error", message));
    }

    private static void respond(HttpServerRequest request, int status, byte[] json) {
        request.response()
                .setStatusCode(status)
                .putHeader("Content-Type", "application/json")
                .end(Buffer.buffer(json));
    }
}
