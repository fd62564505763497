package dev.meridian.node.inspection;

import dev.meridian.node.catalogue.TableState;
import dev.meridian.node.http.HttpResource;
import dev.meridian.node.http.RequestMetrics;
import dev.meridian.node.replication.FollowerFigures;
import dev.meridian.table.model.ServiceException;
import dev.meridian.table.operation.Answer;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ForkJoinPool;

/**
 * What a region tells of itself, as JSON under {@code /_meridian/local/v1/}: {@code status}, {@code contents}, {@code
 * digests?table=}, {@code rows?table=&range=}, {@code replication}, {@code conflicts?table=&key=&region=&from=&to=&limit=}, {@code item?table=&key=}, {@code history?table=&key=},
 * {@code lag:reset}; and {@code metrics} for Prometheus.
 */
public final class LocalResource implements HttpResource {

    public static final String PATH = "/_meridian/local/v1/";
    private static final int CONFLICTS_MAX = 10_000;

    private final CompletableFuture<RegionInspection> inspection;
    private final RequestMetrics metrics;

    /** {@code inspection} completes when the region runs. */
    public LocalResource(CompletableFuture<RegionInspection> inspection, RequestMetrics metrics) {
        this.inspection = inspection;
        this.metrics = metrics;
    }

    @Override
    public String pathPrefix() {
        return PATH;
    }

    @Override
    public void handle(HttpServerRequest request) {
        Context context = Vertx.currentContext();
        String what = request.path().substring(PATH.length());
        inspection
                .thenComposeAsync(region -> answer(region, what, request), ForkJoinPool.commonPool())
                .whenComplete((body, failure) -> context.runOnContext(go -> {
                    if (failure == null) {
                        request.response()
                                .putHeader("Content-Type", what.equals("metrics") ? "text/plain" : "application/json")
                                .end(Buffer.buffer(body));
                    } else {
                        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
                        boolean isAskedAmiss =
                                cause instanceof ServiceException || cause instanceof NumberFormatException;
                        request.response()
                                .setStatusCode(isAskedAmiss ? 400 : 404)
                                .end(String.valueOf(cause.getMessage()));
                    }
                }));
    }

    private CompletionStage<byte[]> answer(RegionInspection region, String what, HttpServerRequest request) {
        return switch (what) {
            case "status" -> StatusReport.of(region);
            case "contents" -> done(ContentsReport.of(region));
            case "digests" -> done(ContentsReport.digests(region, table(region, request)));
            case "rows" -> done(ContentsReport.rows(region, table(region, request), (int) number(request, "range", 0)));
            case "replication" -> ReplicationReport.of(region);
            case "conflicts" -> done(conflicts(region, request));
            case "history" -> done(ItemReport.history(region, table(region, request), key(request)));
            case "item" -> done(ItemReport.item(region, table(region, request), key(request)));
            case "forget" ->
                region.forget(Optional.ofNullable(request.getParam("region")).orElse(""))
                        .thenApply(tables -> Answer.of(json -> json.writeNumberField("tables", tables)));
            case "policy" -> policy(region, request);
            case "lag:reset" -> {
                region.followers().values().forEach(FollowerFigures::resetLag);
                yield done(Answer.of(json -> json.writeBooleanField("reset", true)));
            }
            case "metrics" -> done(metrics.prometheus().getBytes(StandardCharsets.UTF_8));
            default -> CompletableFuture.failedFuture(new IllegalArgumentException("nothing of that name: " + what));
        };
    }

    /** Tells why it cannot be, if it cannot; nothing where there is no such table here. */
    private static CompletionStage<byte[]> policy(RegionInspection region, HttpServerRequest request) {
        String table = Optional.ofNullable(request.getParam("table")).orElse("");
        String policy = Optional.ofNullable(request.getParam("policy")).orElse("");
        if (region.tables().stream().noneMatch(known -> known.commonName().equals(table))) {
            return done(Answer.of(json -> json.writeStringField("absent", table)));
        }
        return region.setPolicy(table, policy).handle((set, failure) -> {
            Throwable cause = failure == null || failure.getCause() == null ? failure : failure.getCause();
            return Answer.of(json -> {
                if (cause == null) {
                    json.writeStringField("policy", policy);
                } else {
                    json.writeStringField("refused", String.valueOf(cause.getMessage()));
                }
            });
        });
    }

    private static CompletionStage<byte[]> done(byte[] body) {
        return CompletableFuture.completedFuture(body);
    }

    /** Of a table that is gone there may be conflicts on record; where there are none, its name may be mistaken. */
    private static byte[] conflicts(RegionInspection region, HttpServerRequest request) {
        ConflictLog.Query query = query(region, request);
        if (query.table().isPresent()
                && region.conflicts().find(query.ofTable()).isEmpty()) {
            table(region, request);
        }
        return ItemReport.conflicts(region, query);
    }

    private static ConflictLog.Query query(RegionInspection region, HttpServerRequest request) {
        Optional<String> key = Optional.ofNullable(request.getParam("key"))
                .map(json -> region.keyBytes(table(region, request), json.getBytes(StandardCharsets.UTF_8)))
                .map(bytes -> HexFormat.of().formatHex(bytes));
        return new ConflictLog.Query(
                Optional.ofNullable(request.getParam("table")),
                key,
                Optional.ofNullable(request.getParam("region")),
                number(request, "from", 0),
                number(request, "to", Long.MAX_VALUE),
                (int) Math.min(CONFLICTS_MAX, number(request, "limit", CONFLICTS_MAX)));
    }

    private static long number(HttpServerRequest request, String name, long otherwise) {
        String given = request.getParam(name);
        try {
            return given == null ? otherwise : Long.parseLong(given);
        } catch (NumberFormatException wrong) {
            throw new NumberFormatException(name + " is a whole number, not '" + given + "'");
        }
    }

    private static TableState table(RegionInspection region, HttpServerRequest request) {
        String name = String.valueOf(request.getParam("table"));
        return region.tables().stream()
                .filter(candidate -> candidate.commonName().equals(name))
                .findFirst()
                .orElseThrow(() -> ServiceException.dynamodb("ResourceNotFoundException", "no table " + name));
    }

    private static byte[] key(HttpServerRequest request) {
        return String.valueOf(request.getParam("key")).getBytes(StandardCharsets.UTF_8);
    }
}
