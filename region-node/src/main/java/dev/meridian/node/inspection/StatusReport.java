package dev.meridian.node.inspection;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.meridian.node.catalogue.Member;
import dev.meridian.node.catalogue.TableState;
import dev.meridian.node.replication.FollowerFigures;
import dev.meridian.replication.source.LogSource;
import dev.meridian.table.operation.Answer;
import java.io.IOException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.HdrHistogram.Histogram;

/** How a region stands: its tables, what it follows and what others have still to pull. */
final class StatusReport {

    private StatusReport() {}

    static CompletionStage<byte[]> of(RegionInspection region) {
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
        json.writeStringField("name", table.commonName());
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
}
