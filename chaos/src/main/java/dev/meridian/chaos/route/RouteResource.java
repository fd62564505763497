package dev.meridian.chaos.route;

import dev.meridian.chaos.api.ControlExchange;
import dev.meridian.chaos.api.Fields;
import dev.meridian.chaos.world.World;
import dev.meridian.node.http.HttpResource;
import dev.meridian.table.operation.Answer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** {@code GET} tells how the front door chooses and how regions stand with it, {@code PUT} changes what it names. */
public final class RouteResource implements HttpResource {

    private static final String PATH = "/_meridian/v1/front-door";

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
        ControlExchange.serve(request, body -> {
            if (request.method() == HttpMethod.PUT) {
                routing.become(routing.settings().with(Fields.parse(body).values(), world.regions()));
            }
            return CompletableFuture.completedFuture(now());
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
}
