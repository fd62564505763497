package dev.meridian.chaos.control;

import dev.meridian.chaos.api.ControlExchange;
import dev.meridian.chaos.fault.DoorRule;
import dev.meridian.chaos.fault.DoorRules;
import dev.meridian.chaos.world.World;
import dev.meridian.node.http.HttpResource;
import dev.meridian.table.operation.Answer;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * The rules of the doors, where LocalStack's chaos API has them and in its form: POST sets them, PATCH adds some, DELETE removes some
 * (or, without a body, all), GET lists them.
 */
public final class DoorFaults implements HttpResource {

    private static final String PATH = "/_localstack/chaos/faults";

    private final World world;

    public DoorFaults(World world) {
        this.world = world;
    }

    @Override
    public String pathPrefix() {
        return PATH;
    }

    @Override
    public void handle(HttpServerRequest request) {
        ControlExchange.serve(request, body -> change(request.method(), body));
    }

    /** The rules as a member of an object, as the control API answers. */
    static byte[] inAnObject(byte[] rules) {
        return Answer.of(json -> {
            json.writeFieldName("doorFaults");
            json.writeRawValue(new String(rules, StandardCharsets.UTF_8));
        });
    }

    /** Changes the rules as the method says; answers with those there are then, as JSON; throws IllegalArgumentException. */
    CompletionStage<byte[]> change(HttpMethod method, Buffer body) {
        List<DoorRule> rules = new ArrayList<>(world.faults().doorRules());
        List<DoorRule> given = body.length() == 0 ? List.of() : DoorRules.parse(body.getBytes());
        switch (method.name()) {
            case "GET" -> {}
            case "POST", "PUT" -> rules = given;
            case "PATCH" -> rules.addAll(given);
            case "DELETE" -> {
                if (given.isEmpty()) {
                    rules.clear();
                } else {
                    given.forEach(rules::remove);
                }
            }
            default -> throw new IllegalArgumentException("rules take GET, POST, PATCH and DELETE, not " + method);
        }
        List<DoorRule> now = List.copyOf(rules);
        CompletionStage<Void> set =
                method == HttpMethod.GET ? CompletableFuture.completedFuture(null) : world.setDoorRules(now);
        return set.thenApply(done -> DoorRules.json(now).getBytes(StandardCharsets.UTF_8));
    }
}
