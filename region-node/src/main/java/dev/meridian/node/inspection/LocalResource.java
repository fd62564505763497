package dev.meridian.node.inspection;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.meridian.conflict.HybridTimestamp;
import dev.meridian.conflict.LastWriterWins;
import dev.meridian.node.catalogue.Member;
import dev.meridian.node.catalogue.TableSettings;
import dev.meridian.node.catalogue.TableState;
import dev.meridian.node.http.HttpResource;
import dev.meridian.node.http.RequestMetrics;
import dev.meridian.node.replication.FollowerFigures;
import dev.meridian.replication.digest.RangeDigests;
import dev.meridian.replication.log.Conflict;
import dev.meridian.replication.log.StampedImage;
import dev.meridian.replication.source.LogSource;
import dev.meridian.table.model.ServiceException;
import dev.meridian.table.operation.Answer;
import dev.meridian.table.value.ItemCodec;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ForkJoinPool;
import org.HdrHistogram.Histogram;

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
                        request.response()
                                .setStatusCode(cause instanceof ServiceException ? 400 : 404)
                                .end(String.valueOf(cause.getMessage()));
                    }
                }));
    }

    private CompletionStage<byte[]> answer(RegionInspection region, String what, HttpServerRequest request) {
        return switch (what) {
            case "status" -> status(region);
            case "contents" -> done(contents(region));
            case "digests" -> done(digests(region, table(region, request)));
            case "rows" -> done(rows(region, table(region, request), (int) number(request, "range", 0)));
            case "replication" -> ReplicationReport.of(region);
            case "conflicts" -> done(conflicts(region, query(region, request)));
            case "history" -> done(history(region, request));
            case "item" -> done(item(region, request));
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

    /** Tells why it cannot be, if it cannot. */
    private static CompletionStage<byte[]> policy(RegionInspection region, HttpServerRequest request) {
        String table = Optional.ofNullable(request.getParam("table")).orElse("");
        String policy = Optional.ofNullable(request.getParam("policy")).orElse("");
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
        return given == null ? otherwise : Long.parseLong(given);
    }

    private static TableState table(RegionInspection region, HttpServerRequest request) {
        String name = String.valueOf(request.getParam("table"));
        return region.tables().stream()
                .filter(candidate -> candidate.name().equals(name))
                .findFirst()
                .orElseThrow(() -> ServiceException.dynamodb("ResourceNotFoundException", "no table " + name));
    }

    private static CompletionStage<byte[]> status(RegionInspection region) {
        Map<String, CompletableFuture<Map<String, LogSource.Backlog>>> pending = new LinkedHashMap<>();
        region.followers()
                .keySet()
                .forEach(peer -> pending.put(peer, region.backlogTo(peer).toCompletableFuture()));
        return CompletableFuture.allOf(pending.values().toArray(CompletableFuture[]::new))
                .thenApply(ready -> Answer.of(json -> {
                    json.writeStringField("region", region.region());
                    json.writeNumberField("clockMillis", region.clockMillis());
                    json.writeNumberField("conflicts", region.conflicts().count());
                    json.writeNumberField("conflictsKept", region.conflicts().kept());
                    json.writeArrayFieldStart("tables");
                    for (TableState table : region.tables()) {
                        table(json, table, region.copiedPercent(table));
                    }
                    json.writeEndArray();
                    json.writeObjectFieldStart("from");
                    for (Map.Entry<String, FollowerFigures> follower :
                            region.followers().entrySet()) {
                        json.writeObjectFieldStart(follower.getKey());
                        figures(json, follower.getValue());
                        json.writeEndObject();
                    }
                    json.writeEndObject();
                    json.writeObjectFieldStart("pendingTo");
                    for (Map.Entry<String, CompletableFuture<Map<String, LogSource.Backlog>>> peer :
                            pending.entrySet()) {
                        long records = peer.getValue().join().values().stream()
                                .mapToLong(LogSource.Backlog::records)
                                .sum();
                        json.writeNumberField(peer.getKey(), records);
                    }
                    json.writeEndObject();
                }));
    }

    private static void table(JsonGenerator json, TableState table, Optional<Integer> copiedPercent)
            throws IOException {
        json.writeStartObject();
        json.writeStringField("name", table.name());
        json.writeStringField("status", table.status().name());
        if (copiedPercent.isPresent()) {
            json.writeNumberField("copiedPercent", copiedPercent.get());
        }
        json.writeObjectFieldStart("replicas");
        for (Map.Entry<String, Member.Phase> replica : table.replicas().entrySet()) {
            json.writeStringField(replica.getKey(), replica.getValue().name());
        }
        json.writeEndObject();
        json.writeEndObject();
    }

    private static void figures(JsonGenerator json, FollowerFigures figures) throws IOException {
        Histogram lag = figures.lag();
        json.writeStringField("phase", figures.phase());
        Collection<FollowerFigures.OfTable> tables = figures.tables().values();
        json.writeNumberField(
                "applied",
                tables.stream().mapToLong(FollowerFigures.OfTable::applied).sum());
        json.writeNumberField(
                "superseded",
                tables.stream().mapToLong(FollowerFigures.OfTable::superseded).sum());
        json.writeNumberField(
                "duplicates",
                tables.stream().mapToLong(FollowerFigures.OfTable::duplicates).sum());
        json.writeNumberField("lagMillisP50", lag.getValueAtPercentile(50));
        json.writeNumberField("lagMillisP99", lag.getValueAtPercentile(99));
        json.writeNumberField("lagMillisMax", lag.getMaxValue());
    }

    private static byte[] contents(RegionInspection region) {
        return Answer.of(json -> {
            for (TableState table : region.tables()) {
                RegionInspection.Contents contents = region.contents(table);
                json.writeObjectFieldStart(table.name());
                json.writeNumberField("items", contents.items());
                json.writeNumberField("tombstones", contents.tombstones());
                json.writeStringField("digest", contents.digest());
                json.writeStringField(
                        "conflictPolicy",
                        table.settings().get(TableSettings.CONFLICT_POLICY).orElse(LastWriterWins.NAME));
                json.writeArrayFieldStart("replicas");
                for (String replica : table.replicas().keySet()) {
                    json.writeString(replica);
                }
                json.writeEndArray();
                json.writeEndObject();
            }
        });
    }

    /** Of the ranges that hold anything: number and digest. */
    private static byte[] digests(RegionInspection region, TableState table) {
        RangeDigests digests = region.digests(table);
        return Answer.of(json -> {
            for (int range = 0; range < RangeDigests.RANGES; range++) {
                if (!digests.isEmpty(range)) {
                    json.writeStringField(Integer.toString(range), digests.of(range));
                }
            }
        });
    }

    /** Of the rows of one range: the key, as bytes, and what stands there. */
    private static byte[] rows(RegionInspection region, TableState table, int range) {
        Map<String, String> rows = new LinkedHashMap<>();
        region.rows(table, range, (key, row) -> {
            byte[] image = row.image();
            String what = image == null
                    ? "deleted"
                    : new String(Answer.item(ItemCodec.decode(image)), StandardCharsets.UTF_8);
            long timestamp = row.stamp().version().timestamp();
            String written =
                    Instant.ofEpochMilli(HybridTimestamp.millis(timestamp)) + "+" + HybridTimestamp.counter(timestamp)
                            + " " + row.stamp().version().region();
            rows.put(HexFormat.of().formatHex(key), written + " " + what);
        });
        return Answer.of(json -> {
            for (Map.Entry<String, String> row : rows.entrySet()) {
                json.writeStringField(row.getKey(), row.getValue());
            }
        });
    }

    private static byte[] conflicts(RegionInspection region, ConflictLog.Query query) {
        return Answer.of(json -> {
            json.writeStringField("region", region.region());
            json.writeArrayFieldStart("conflicts");
            for (Conflict conflict : region.conflicts().find(query)) {
                json.writeStartObject();
                json.writeStringField("table", conflict.table());
                json.writeStringField("key", HexFormat.of().formatHex(conflict.key()));
                json.writeStringField("rule", conflict.rule().name());
                json.writeStringField("detectedIn", conflict.detectedIn());
                json.writeNumberField("detectedAtMillis", conflict.detectedAtMillis());
                if (conflict.clockMillis() > 0) {
                    json.writeNumberField("detectorClockMillis", conflict.clockMillis());
                }
                // Only durable writes travel, and what is durable has been acknowledged.
                json.writeBooleanField("loserAcknowledged", true);
                json.writeObjectFieldStart("winner");
                row(json, conflict.winner());
                json.writeEndObject();
                json.writeObjectFieldStart("loser");
                row(json, conflict.loser());
                json.writeEndObject();
                json.writeEndObject();
            }
            json.writeEndArray();
        });
    }

    private static byte[] item(RegionInspection region, HttpServerRequest request) {
        Optional<StampedImage> row = region.item(table(region, request), key(request));
        return Answer.of(json -> {
            json.writeStringField("region", region.region());
            if (row.isPresent()) {
                row(json, row.get());
            }
        });
    }

    private static byte[] key(HttpServerRequest request) {
        return String.valueOf(request.getParam("key")).getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] history(RegionInspection region, HttpServerRequest request) {
        List<ItemHistory.Entry> history = region.history(table(region, request), key(request));
        return Answer.of(json -> {
            json.writeStringField("region", region.region());
            json.writeArrayFieldStart("versions");
            for (ItemHistory.Entry entry : history) {
                json.writeStartObject();
                row(
                        json,
                        new StampedImage(entry.change().stamp(), entry.change().image()));
                json.writeNumberField("sequence", entry.change().sequence());
                if (entry.arrivedMillis().isPresent()) {
                    json.writeNumberField(
                            "arrivedAtMillis", entry.arrivedMillis().get());
                }
                json.writeEndObject();
            }
            json.writeEndArray();
        });
    }

    private static void row(JsonGenerator json, StampedImage row) throws IOException {
        json.writeStringField("writtenIn", row.stamp().version().region());
        long timestamp = row.stamp().version().timestamp();
        json.writeNumberField("writtenAtMillis", HybridTimestamp.millis(timestamp));
        json.writeNumberField("writtenAtCounter", HybridTimestamp.counter(timestamp));
        byte[] image = row.image();
        if (image == null) {
            json.writeBooleanField("deleted", true);
        } else {
            json.writeFieldName("item");
            json.writeRawValue(new String(Answer.item(ItemCodec.decode(image)), StandardCharsets.UTF_8));
        }
    }
}
