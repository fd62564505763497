package dev.meridian.node.inspection;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.meridian.node.replication.FollowerFigures;
import dev.meridian.replication.source.LogSource;
import dev.meridian.table.operation.Answer;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.HdrHistogram.Histogram;

/**
 * How replication stands for every table and pair of regions, under the names CloudWatch has for it where it has any: what this
 * region has received from each peer, and what it has that each peer has not confirmed.
 */
final class ReplicationReport {

    private ReplicationReport() {}

    static CompletionStage<byte[]> of(RegionInspection region) {
        Map<String, CompletableFuture<Map<String, LogSource.Backlog>>> backlogs = new LinkedHashMap<>();
        region.followers()
                .keySet()
                .forEach(peer -> backlogs.put(peer, region.backlogTo(peer).toCompletableFuture()));
        return CompletableFuture.allOf(backlogs.values().toArray(CompletableFuture[]::new))
                .thenApply(ready -> Answer.of(json -> {
                    json.writeStringField("region", region.region());
                    json.writeArrayFieldStart("received");
                    for (Map.Entry<String, FollowerFigures> peer :
                            region.followers().entrySet()) {
                        for (Map.Entry<String, FollowerFigures.OfTable> table :
                                peer.getValue().tables().entrySet()) {
                            Optional<String> name = region.nameOf(table.getKey());
                            if (name.isPresent()) {
                                received(json, name.get(), peer.getKey(), region.region(), table.getValue());
                            }
                        }
                    }
                    json.writeEndArray();
                    json.writeArrayFieldStart("pending");
                    for (Map.Entry<String, CompletableFuture<Map<String, LogSource.Backlog>>> peer :
                            backlogs.entrySet()) {
                        for (Map.Entry<String, LogSource.Backlog> table :
                                peer.getValue().join().entrySet()) {
                            pending(
                                    json,
                                    table.getKey(),
                                    region.region(),
                                    peer.getKey(),
                                    table.getValue(),
                                    region.clockMillis());
                        }
                    }
                    json.writeEndArray();
                }));
    }

    private static void received(
            JsonGenerator json, String table, String source, String target, FollowerFigures.OfTable figures)
            throws IOException {
        Histogram lag = figures.lag();
        json.writeStartObject();
        pair(json, table, source, target);
        json.writeObjectFieldStart("ReplicationLatency");
        json.writeStringField("unit", "Milliseconds");
        json.writeNumberField("p50", lag.getValueAtPercentile(50));
        json.writeNumberField("p99", lag.getValueAtPercentile(99));
        json.writeNumberField("max", lag.getMaxValue());
        json.writeNumberField("count", lag.getTotalCount());
        json.writeEndObject();
        json.writeNumberField("applied", figures.applied());
        json.writeNumberField("superseded", figures.superseded());
        json.writeNumberField("duplicates", figures.duplicates());
        json.writeNumberField("bytes", figures.bytes());
        json.writeEndObject();
    }

    /** The safe time: what was acknowledged before it by the source is at the target. */
    private static void pending(
            JsonGenerator json, String table, String source, String target, LogSource.Backlog backlog, long nowMillis)
            throws IOException {
        boolean isBehind = backlog.records() > 0;
        json.writeStartObject();
        pair(json, table, source, target);
        json.writeNumberField("PendingReplicationCount", backlog.records());
        json.writeNumberField("pendingAgeMillis", isBehind ? Math.max(0, nowMillis - backlog.oldestMillis()) : 0);
        json.writeNumberField("safeTimeMillis", isBehind ? Math.min(nowMillis, backlog.oldestMillis()) : nowMillis);
        json.writeEndObject();
    }

    private static void pair(JsonGenerator json, String table, String source, String target) throws IOException {
        json.writeStringField("TableName", table);
        json.writeStringField("SourceRegion", source);
        json.writeStringField("ReceivingRegion", target);
    }
}
