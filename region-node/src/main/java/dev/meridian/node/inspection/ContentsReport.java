package dev.meridian.node.inspection;

import dev.meridian.conflict.HybridTimestamp;
import dev.meridian.conflict.LastWriterWins;
import dev.meridian.node.catalogue.TableSettings;
import dev.meridian.node.catalogue.TableState;
import dev.meridian.replication.digest.RangeDigests;
import dev.meridian.table.operation.Answer;
import dev.meridian.table.value.ItemCodec;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a region's tables hold, from the digest of a table down to the rows of a range. */
final class ContentsReport {

    private ContentsReport() {}

    static byte[] of(RegionInspection region) {
        return Answer.of(json -> {
            for (TableState table : region.tables()) {
                RegionInspection.Contents contents = region.contents(table);
                json.writeObjectFieldStart(table.commonName());
                json.writeNumberField("items", contents.items());
                json.writeNumberField("tombstones", contents.tombstones());
                json.writeStringField("digest", contents.digest());
                json.writeStringField("conflictPolicy", conflictPolicy(table));
                json.writeArrayFieldStart("replicas");
                for (String replica : table.replicas().keySet()) {
                    json.writeString(replica);
                }
                json.writeEndArray();
                json.writeEndObject();
            }
        });
    }

    static String conflictPolicy(TableState table) {
        return table.settings().get(TableSettings.CONFLICT_POLICY).orElse(LastWriterWins.NAME);
    }

    /** Of the ranges that hold anything: number and digest. */
    static byte[] digests(RegionInspection region, TableState table) {
        RangeDigests digests = region.digests(table);
        return Answer.of(json -> {
            for (int range = 0; range < RangeDigests.RANGES; range++) {
                if (!digests.isEmpty(range)) {
                    json.writeStringField(Integer.toString(range), digests.of(range));
                }
            }
        });
    }

    /** Of the rows of one range: the key, in DynamoDB JSON, and what stands there. */
    static byte[] rows(RegionInspection region, TableState table, int range) {
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
            String name = region.keyAttributes(table, key)
                    .map(attributes -> new String(Answer.item(attributes), StandardCharsets.UTF_8))
                    .orElseGet(() -> HexFormat.of().formatHex(key));
            rows.put(name, written + " " + what);
        });
        return Answer.of(json -> {
            for (Map.Entry<String, String> row : rows.entrySet()) {
                json.writeStringField(row.getKey(), row.getValue());
            }
        });
    }
}
