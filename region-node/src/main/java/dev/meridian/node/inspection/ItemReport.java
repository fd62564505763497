package dev.meridian.node.inspection;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.meridian.conflict.HybridTimestamp;
import dev.meridian.node.catalogue.TableState;
import dev.meridian.replication.log.Conflict;
import dev.meridian.replication.log.StampedImage;
import dev.meridian.table.operation.Answer;
import dev.meridian.table.value.Item;
import dev.meridian.table.value.ItemCodec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** What a region knows of single items: what stands there, what stood there, and what has lost. */
final class ItemReport {

    private ItemReport() {}

    static byte[] conflicts(RegionInspection region, ConflictLog.Query query) {
        return Answer.of(json -> {
            json.writeStringField("region", region.region());
            json.writeArrayFieldStart("conflicts");
            for (Conflict conflict : region.conflicts().find(query)) {
                json.writeStartObject();
                json.writeStringField("table", conflict.table());
                json.writeStringField("key", HexFormat.of().formatHex(conflict.key()));
                Optional<Item> attributes = region.keyAttributes(conflict.table(), conflict.key());
                if (attributes.isPresent()) {
                    Answer.item(json, "itemKey", attributes.get());
                }
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

    /** What stands at a key. */
    static byte[] item(RegionInspection region, TableState table, byte[] key) {
        Optional<StampedImage> row = region.item(table, key);
        return Answer.of(json -> {
            json.writeStringField("region", region.region());
            json.writeStringField("conflictPolicy", ContentsReport.conflictPolicy(table));
            if (row.isPresent()) {
                row(json, row.get());
            }
        });
    }

    /** The versions of an item that are on record. */
    static byte[] history(RegionInspection region, TableState table, byte[] key) {
        List<ItemHistory.Entry> history = region.history(table, key);
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
