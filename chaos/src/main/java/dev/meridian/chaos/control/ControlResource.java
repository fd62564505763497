package dev.meridian.chaos.control;

import dev.meridian.chaos.api.ControlExchange;
import dev.meridian.chaos.api.Fields;
import dev.meridian.chaos.fault.ChaosLinks;
import dev.meridian.chaos.world.World;
import dev.meridian.node.http.HttpResource;
import dev.meridian.table.operation.Answer;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

    private final World world;
    private final ChaosLinks.Timer timer;
    private final RegionReports reports;
    private final AwaitedConvergence convergence;
    private final ConflictPolicies policies;
    private final DoorFaults doors;
    private final RegionFaults regions;
    private final LinkFaults links;

    /**
     * @param host where the regions' doors are
     * @param nanoClock a monotonic clock in nanoseconds
     */
    public ControlResource(Vertx vertx, World world, String host, LongSupplier nanoClock) {
        this.world = world;
        this.timer = (millis, task) -> vertx.setTimer(millis, due -> task.run());
        this.reports = new RegionReports(vertx, world, host);
        this.convergence = new AwaitedConvergence(reports, timer, nanoClock);
        this.policies = new ConflictPolicies(world, reports);
        this.doors = new DoorFaults(world);
        this.regions = new RegionFaults(world, timer);
        this.links = new LinkFaults(world, timer);
    }

    @Override
    public String pathPrefix() {
        return PATH;
    }

    @Override
    public void handle(HttpServerRequest request) {
        ControlExchange.serve(
                request,
                body -> request.path().equals(PATH + "door/faults")
                        ? doors.change(request.method(), body).thenApply(DoorFaults::inAnObject)
                        : route(request, Fields.parseOptional(body)));
    }

    private CompletionStage<byte[]> route(HttpServerRequest request, Fields fields) {
        String method = request.method().name();
        String[] parts = request.path().substring(PATH.length()).split("/");
        return switch (method + " " + parts[0]) {
            case "GET world" -> changed("");
            case "GET items" -> gather("item?" + oneKey(request));
            case "GET history" -> gather("history?" + oneKey(request));
            case "GET replication" -> gather("replication");
            case "GET conflicts" -> gather("conflicts?" + conflictQuery(request));
            case "GET contents" -> gather("contents");
            case "POST lag:reset" -> gather("lag:reset");
            case "POST heal" -> world.healAll().thenCompose(done -> changed(""));
            case "POST converge" -> convergence.within(fields.number("timeoutMillis", CONVERGE_MILLIS));
            case "POST regions" -> region(parts, fields);
            case "PUT regions" -> regionFault(parts, fields);
            case "PUT tables" -> policy(parts, fields);
            case "PUT links", "POST links" -> link(parts, fields);
            default -> throw new IllegalArgumentException("no such resource: " + method + " " + request.path());
        };
    }

    private static String oneKey(HttpServerRequest request) {
        return "table=" + RegionReports.encode(required(request, "table")) + "&key="
                + RegionReports.encode(required(request, "key"));
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

    private CompletionStage<byte[]> region(String[] parts, Fields fields) {
        String[] action = (parts.length == 2 ? parts[1] : "").split(":");
        if (action.length != 2) {
            throw new IllegalArgumentException("write it like regions/us-east-1:kill");
        }
        String region = action[0];
        long forMillis = fields.number("forMillis", 0);
        return switch (action[1]) {
            case "kill" -> failing(region, world.kill(region), forMillis);
            case "pause" -> failing(region, world.pause(region), forMillis);
            case "heal" -> changing(world.heal(region), region, "heal");
            case "drain" -> changing(world.setDraining(region, true), region, "undrain");
            case "undrain" -> changing(world.setDraining(region, false), region, "heal");
            case "forget" -> forget(region);
            default ->
                throw new IllegalArgumentException(
                        "a region can be killed, paused, healed, drained, undrained or forgotten, not " + action[1]);
        };
    }

    private CompletionStage<byte[]> failing(String region, CompletionStage<Void> done, long forMillis) {
        if (forMillis > 0) {
            timer.after(forMillis, () -> world.heal(region));
        }
        return changing(done, region, "heal");
    }

    private CompletionStage<byte[]> changing(CompletionStage<Void> done, String region, String undo) {
        return done.thenCompose(changed -> changed("POST " + PATH + "regions/" + region + ":" + undo));
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

    private CompletionStage<byte[]> policy(String[] parts, Fields fields) {
        String policy = fields.text("policy", "");
        int last = parts.length - 1;
        if (last < 2 || !parts[last].equals("conflict-policy") || policy.isEmpty()) {
            throw new IllegalArgumentException(
                    "write it like PUT tables/orders/conflict-policy {\"policy\": \"priority=us-east-1\"}");
        }
        // The name of an account's table has its account before a slash.
        return policies.set(String.join("/", List.of(parts).subList(1, last)), policy);
    }

    private CompletionStage<byte[]> regionFault(String[] parts, Fields fields) {
        if (parts.length != 3) {
            throw new IllegalArgumentException("write it like PUT regions/us-east-1/clock {\"offsetMillis\": 350}");
        }
        return regions.change(parts[1], parts[2], fields)
                .thenCompose(done -> changed("PUT " + PATH + "regions/" + parts[1] + "/" + parts[2] + " {}"));
    }

    private CompletionStage<byte[]> link(String[] parts, Fields fields) {
        if (parts.length != 3) {
            throw new IllegalArgumentException("write it like links/us-east-1/eu-west-1");
        }
        String[] target = parts[2].split(":");
        return links.change(parts[1], target[0], target.length == 2 ? target[1] : "", fields)
                .thenCompose(done -> changed("POST " + PATH + "links/" + parts[1] + "/" + target[0] + ":heal"));
    }

    /** The world as it now is, with the call that undoes it; empty: there is none. */
    private CompletionStage<byte[]> changed(String undo) {
        return reports.ask("status")
                .thenApply(status -> Answer.of(json -> {
                    if (!undo.isEmpty()) {
                        json.writeStringField("undo", undo);
                    }
                    WorldReport.write(json, world, status);
                }));
    }

    private CompletionStage<byte[]> gather(String path) {
        return reports.told(path).thenApply(ControlResource::gathered);
    }

    /** What all that can be reached refuse, is refused. */
    private static byte[] gathered(Map<String, Optional<RegionReports.Told>> told) {
        List<RegionReports.Told> said =
                told.values().stream().flatMap(Optional::stream).toList();
        if (!said.isEmpty() && said.stream().noneMatch(RegionReports.Told::isAnswer)) {
            throw new IllegalArgumentException(said.get(0).text());
        }
        return Answer.of(json -> {
            json.writeObjectFieldStart("regions");
            for (Map.Entry<String, Optional<RegionReports.Told>> region : told.entrySet()) {
                json.writeFieldName(region.getKey());
                RegionReports.Told answer = region.getValue().orElse(null);
                if (answer != null && !answer.isAnswer()) {
                    json.writeStartObject();
                    json.writeStringField("refused", answer.text());
                    json.writeEndObject();
                } else {
                    json.writeRawValue(answer == null ? "null" : answer.text());
                }
            }
            json.writeEndObject();
        });
    }
}
