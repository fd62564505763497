package dev.meridian.chaos.control;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.meridian.chaos.fault.LinkFault;
import dev.meridian.chaos.world.World;
import dev.meridian.node.http.HttpResource;
import dev.meridian.table.operation.Answer;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;

/**
 * The control API. Everything that changes something answers with the world as it then is, and with {@code undo}, the call
 * that takes it back. Browsers of other origins are refused. Faults never touch this resource, so whatever is broken can
 * be mended.
 */
public final class ControlResource implements HttpResource {

    private static final String PATH = "/_meridian/v1/";
    private static final long CONVERGE_MILLIS = 30_000;
    private static final long POLL_MILLIS = 100;
    private static final JsonFactory JSON = new JsonFactory();

    private final Vertx vertx;
    private final World world;
    private final RegionReports reports;
    private final Differences differences;
    private final LongSupplier nanoClock;
    private final DoorFaults doors;
    private final RegionFaults regionFaults;

    /**
     * @param host where the regions' doors are
     * @param nanoClock a monotonic clock in nanoseconds
     */
    public ControlResource(Vertx vertx, World world, String host, LongSupplier nanoClock) {
        this.vertx = vertx;
        this.world = world;
        this.reports = new RegionReports(vertx, world, host);
        this.differences = new Differences(reports);
        this.nanoClock = nanoClock;
        this.doors = new DoorFaults(world);
        this.regionFaults = new RegionFaults(world, (millis, task) -> vertx.setTimer(millis, due -> task.run()));
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
        Context context = Vertx.currentContext();
        request.body().onSuccess(body -> {
            CompletionStage<byte[]> answer;
            try {
                answer = request.path().equals(PATH + "door/faults")
                        ? doors.change(request.method(), body).thenApply(DoorFaults::inAnObject)
                        : route(request, fields(body));
            } catch (IllegalArgumentException | IOException refused) {
                answer = CompletableFuture.failedFuture(refused);
            }
            answer.whenComplete((json, failure) -> context.runOnContext(go -> {
                if (failure == null) {
                    respond(request, 200, json);
                } else {
                    Throwable cause = failure.getCause() == null ? failure : failure.getCause();
                    respond(
                            request,
                            cause instanceof IllegalArgumentException || cause instanceof IOException ? 400 : 500,
                            error(String.valueOf(cause.getMessage())));
                }
            }));
        });
    }

    private static void respond(HttpServerRequest request, int status, byte[] json) {
        request.response()
                .setStatusCode(status)
                .putHeader("Content-Type", "application/json")
                .end(Buffer.buffer(json));
    }

    private static byte[] error(String message) {
        return Errors.body(message);
    }

    /** The flat JSON object of a request. */
    private static Map<String, String> fields(Buffer body) throws IOException {
        Map<String, String> fields = new HashMap<>();
        if (body.length() == 0) {
            return fields;
        }
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

    private CompletionStage<byte[]> route(HttpServerRequest request, Map<String, String> fields) {
        String what = request.path().substring(PATH.length());
        String method = request.method().name();
        String[] parts = what.split("/");
        switch (method + " " + parts[0]) {
            case "GET world":
                return worldNow();
            case "GET items":
                return gather("item?table=" + RegionReports.encode(required(request, "table")) + "&key="
                        + RegionReports.encode(required(request, "key")));
            case "GET history":
                return gather("history?table=" + RegionReports.encode(required(request, "table")) + "&key="
                        + RegionReports.encode(required(request, "key")));
            case "GET replication":
                return gather("replication");
            case "GET conflicts":
                return gather("conflicts?" + conflictQuery(request));
            case "GET contents":
                return gather("contents");
            case "POST lag:reset":
                return gather("lag:reset");
            case "POST heal":
                return world.healAll().thenCompose(done -> changed(""));
            case "POST converge":
                return converge(nanoClock.getAsLong()
                        + 1_000_000L
                                * Long.parseLong(fields.getOrDefault("timeoutMillis", Long.toString(CONVERGE_MILLIS))));
            case "POST regions":
                return region(parts, fields);
            case "PUT regions":
                return regionFault(parts, fields);
            case "PUT tables":
                return policy(parts, fields);
            case "PUT links":
            case "POST links":
                return link(parts, fields);
            default:
                throw new IllegalArgumentException("no such resource: " + method + " " + request.path());
        }
    }

    private static String conflictQuery(HttpServerRequest request) {
        StringBuilder query = new StringBuilder("limit=")
                .append(Optional.ofNullable(request.getParam("limit")).orElse("1000"));
        for (String name : List.of("table", "key", "region", "from", "to")) {
            String value = request.getParam(name);
            if (value != null) {
                query.append('&').append(name).append('=').append(RegionReports.encode(value));
            }
        }
        return query.toString();
    }

    private static String required(HttpServerRequest request, String parameter) {
        String value = request.getParam(parameter);
        if (value == null) {
            throw new IllegalArgumentException("the parameter " + parameter + " is missing");
        }
        return value;
    }

    private CompletionStage<byte[]> region(String[] parts, Map<String, String> fields) {
        String[] action = (parts.length == 2 ? parts[1] : "").split(":");
        if (action.length != 2) {
            throw new IllegalArgumentException("write it like regions/us-east-1:kill");
        }
        if (action[1].equals("forget")) {
            return forget(action[0]);
        }
        CompletionStage<Void> done = switch (action[1]) {
            case "kill" -> world.kill(action[0]);
            case "pause" -> world.pause(action[0]);
            case "heal" -> world.heal(action[0]);
            case "drain" -> world.setDraining(action[0], true);
            case "undrain" -> world.setDraining(action[0], false);
            default ->
                throw new IllegalArgumentException(
                        "a region can be killed, paused, healed, drained, undrained or forgotten, not " + action[1]);
        };
        long forMillis = number(fields, "forMillis", 0);
        if (forMillis > 0 && (action[1].equals("kill") || action[1].equals("pause"))) {
            vertx.setTimer(forMillis, due -> world.heal(action[0]));
        }
        if (action[1].equals("drain")) {
            return done.thenCompose(changed -> changed("POST " + PATH + "regions/" + action[0] + ":undrain"));
        }
        return done.thenCompose(changed -> changed("POST " + PATH + "regions/" + action[0] + ":heal"));
    }

    /** Set in every region at once, so that no two of them decide by different rules. */
    private CompletionStage<byte[]> policy(String[] parts, Map<String, String> fields) {
        String policy = fields.getOrDefault("policy", "");
        if (parts.length != 3 || !parts[2].equals("conflict-policy") || policy.isEmpty()) {
            throw new IllegalArgumentException(
                    "write it like PUT tables/orders/conflict-policy {\"policy\": \"priority=us-east-1\"}");
        }
        if (world.states().values().stream().anyMatch(state -> state != World.State.LIVE)) {
            throw new IllegalArgumentException("a policy is set while all regions live");
        }
        String query = "table=" + RegionReports.encode(parts[1]) + "&policy=" + RegionReports.encode(policy);
        return reports.ask("policy?" + query).thenApply(answers -> {
            answers.values().stream()
                    .flatMap(Optional::stream)
                    .map(ControlResource::refusal)
                    .filter(text -> !text.isEmpty())
                    .findFirst()
                    .ifPresent(text -> {
                        throw new IllegalArgumentException(text);
                    });
            return Answer.of(json -> json.writeStringField("policy", policy));
        });
    }

    private static String refusal(String answer) {
        try {
            return fields(Buffer.buffer(answer)).getOrDefault("refused", "");
        } catch (IOException garbled) {
            return garbled.toString();
        }
    }

    /** The live regions go on without one that is lost for good. */
    private CompletionStage<byte[]> forget(String region) {
        if (!world.regions().contains(region)) {
            throw new IllegalArgumentException("no region " + region);
        }
        if (world.state(region) != World.State.KILLED) {
            throw new IllegalArgumentException(
                    region + " is not dead; replicas of a region that lives are removed by UpdateTable");
        }
        return gather("forget?region=" + RegionReports.encode(region));
    }

    private CompletionStage<byte[]> regionFault(String[] parts, Map<String, String> fields) {
        if (parts.length != 3) {
            throw new IllegalArgumentException("write it like PUT regions/us-east-1/clock {\"offsetMillis\": 350}");
        }
        return regionFaults
                .change(parts[1], parts[2], fields)
                .thenCompose(done -> changed("PUT " + PATH + "regions/" + parts[1] + "/" + parts[2] + " {}"));
    }

    private CompletionStage<byte[]> link(String[] parts, Map<String, String> fields) {
        if (parts.length != 3) {
            throw new IllegalArgumentException("write it like links/us-east-1/eu-west-1");
        }
        String from = parts[1];
        String[] target = parts[2].split(":");
        String to = target[0];
        String undo = "POST " + PATH + "links/" + from + "/" + to + ":heal";
        LinkFault now = world.faults().link(from, to);
        CompletionStage<Void> done;
        if (target.length == 2 && target[1].equals("heal")) {
            done = world.healLink(from, to);
        } else if (target.length == 2 && target[1].equals("cut")) {
            done = world.setLink(from, to, now.withCut(true));
        } else if (target.length == 1) {
            done = world.setLink(
                    from,
                    to,
                    new LinkFault(
                            now.cut(),
                            number(fields, "oneWayMillis", now.latencyMillis()),
                            number(fields, "jitterMillis", now.jitterMillis()),
                            ratio(fields, "lossRatio", now.lossRatio()),
                            number(fields, "bytesPerSecond", now.bytesPerSecond()),
                            ratio(fields, "duplicateRatio", now.duplicateRatio()),
                            ratio(fields, "reorderRatio", now.reorderRatio()),
                            number(fields, "flapMillis", now.flapMillis())));
        } else {
            throw new IllegalArgumentException("a link can be cut or healed, not " + target[1]);
        }
        String forMillis = fields.get("forMillis");
        if (forMillis != null && Long.parseLong(forMillis) > 0) {
            LinkFault set = world.faults().link(from, to);
            // What was set again in the meantime is not this one's to heal: the very object is compared.
            vertx.setTimer(Long.parseLong(forMillis), fired -> {
                if (world.faults().link(from, to) == set) {
                    world.healLink(from, to);
                }
            });
        }
        return done.thenCompose(linked -> changed(undo));
    }

    private static long number(Map<String, String> fields, String name, long otherwise) {
        String value = fields.get(name);
        return value == null ? otherwise : Long.parseLong(value);
    }

    private static double ratio(Map<String, String> fields, String name, double otherwise) {
        String value = fields.get(name);
        return value == null ? otherwise : Double.parseDouble(value);
    }

    private CompletionStage<byte[]> changed(String undo) {
        return reports.ask("status")
                .thenApply(status -> Answer.of(json -> {
                    if (!undo.isEmpty()) {
                        json.writeStringField("undo", undo);
                    }
                    WorldReport.write(json, world, status);
                }));
    }

    private CompletionStage<byte[]> worldNow() {
        return reports.ask("status").thenApply(status -> Answer.of(json -> WorldReport.write(json, world, status)));
    }

    private CompletionStage<byte[]> gather(String path) {
        return reports.ask(path)
                .thenApply(answers -> Answer.of(json -> {
                    json.writeObjectFieldStart("regions");
                    for (Map.Entry<String, Optional<String>> answer : answers.entrySet()) {
                        json.writeFieldName(answer.getKey());
                        json.writeRawValue(answer.getValue().orElse("null"));
                    }
                    json.writeEndObject();
                }));
    }

    /** Asks again and again until all live regions hold the same, or time is up. */
    private CompletionStage<byte[]> converge(long deadlineNanos) {
        return reports.ask("contents").thenCompose(contents -> {
            Convergence now = Convergence.of(contents);
            if (now.isReached() || nanoClock.getAsLong() >= deadlineNanos) {
                return keys(now).thenApply(keys -> verdict(now, keys));
            }
            CompletableFuture<byte[]> later = new CompletableFuture<>();
            vertx.setTimer(
                    POLL_MILLIS,
                    fired -> converge(deadlineNanos).whenComplete((json, failure) -> {
                        if (failure == null) {
                            later.complete(json);
                        } else {
                            later.completeExceptionally(failure);
                        }
                    }));
            return later;
        });
    }

    private CompletionStage<Map<String, Map<String, Map<String, String>>>> keys(Convergence now) {
        Map<String, Map<String, Map<String, String>>> keys = new LinkedHashMap<>();
        CompletionStage<Void> found = CompletableFuture.completedFuture(null);
        for (Map.Entry<String, Map<String, String>> table : now.differing().entrySet()) {
            found = found.thenCompose(done ->
                            differences.find(table.getKey(), table.getValue().keySet()))
                    .thenAccept(differing -> keys.put(table.getKey(), differing));
        }
        return found.thenApply(done -> keys);
    }

    private static byte[] verdict(Convergence now, Map<String, Map<String, Map<String, String>>> keys) {
        return Answer.of(json -> {
            json.writeBooleanField("converged", now.isReached());
            json.writeObjectFieldStart("differing");
            for (Map.Entry<String, Map<String, String>> table : now.differing().entrySet()) {
                json.writeObjectFieldStart(table.getKey());
                for (Map.Entry<String, String> digest : table.getValue().entrySet()) {
                    json.writeStringField(digest.getKey(), digest.getValue());
                }
                json.writeEndObject();
            }
            json.writeEndObject();
            json.writeObjectFieldStart("keys");
            for (Map.Entry<String, Map<String, Map<String, String>>> table : keys.entrySet()) {
                json.writeObjectFieldStart(table.getKey());
                for (Map.Entry<String, Map<String, String>> key :
                        table.getValue().entrySet()) {
                    json.writeObjectFieldStart(key.getKey());
                    for (Map.Entry<String, String> held : key.getValue().entrySet()) {
                        json.writeStringField(held.getKey(), held.getValue());
                    }
                    json.writeEndObject();
                }
                json.writeEndObject();
            }
            json.writeEndObject();
            json.writeArrayFieldStart("silent");
            for (String region : now.silent()) {
                json.writeString(region);
            }
            json.writeEndArray();
        });
    }
}
