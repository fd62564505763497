package dev.meridian.node.stream;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.meridian.node.catalogue.StreamState;
import dev.meridian.node.catalogue.TableState;
import dev.meridian.table.definition.KeySchema;
import dev.meridian.table.operation.Answer;
import dev.meridian.table.value.AttributeValue;
import dev.meridian.table.value.Item;
import dev.meridian.table.value.ItemCodec;
import dev.meridian.table.value.ItemSize;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Writes stream records as the service answers them. */
final class StreamRecordWriter {

    private final TableState table;
    private final StreamState stream;
    private final String shard;

    StreamRecordWriter(TableState table, StreamState stream, String shard) {
        this.table = table;
        this.stream = stream;
        this.shard = shard;
    }

    /** Writes one record. */
    void write(JsonGenerator json, StreamShards.Change change) throws IOException {
        StreamRow row = change.entry().row();
        Item before = item(row.before());
        Item after = item(change.after());
        String sequence = StreamNames.sequence(change.entry().sequence());
        json.writeStartObject();
        json.writeStringField("eventID", eventId(sequence));
        json.writeStringField("eventName", before == null ? "INSERT" : after == null ? "REMOVE" : "MODIFY");
        json.writeStringField("eventVersion", "1.1");
        json.writeStringField("eventSource", "aws:dynamodb");
        json.writeStringField("awsRegion", table.region());
        json.writeObjectFieldStart("dynamodb");
        json.writeNumberField("ApproximateCreationDateTime", row.atMillis() / 1_000);
        Item keys = keys(after == null ? before : after);
        Answer.item(json, "Keys", keys);
        int size = ItemSize.of(keys);
        if (after != null && stream.view().startsWith("NEW")) {
            Answer.item(json, "NewImage", after);
            size += ItemSize.of(after);
        }
        if (before != null && stream.view().contains("OLD_IMAGE")) {
            Answer.item(json, "OldImage", before);
            size += ItemSize.of(before);
        }
        json.writeStringField("SequenceNumber", sequence);
        json.writeNumberField("SizeBytes", size);
        json.writeStringField("StreamViewType", stream.view());
        json.writeEndObject();
        if (row.byService()) {
            json.writeObjectFieldStart("userIdentity");
            json.writeStringField("PrincipalId", "dynamodb.amazonaws.com");
            json.writeStringField("Type", "Service");
            json.writeEndObject();
        }
        json.writeEndObject();
    }

    private String eventId(String sequence) {
        byte[] name = (table.id() + shard + sequence).getBytes(StandardCharsets.UTF_8);
        return UUID.nameUUIDFromBytes(name).toString().replace("-", "");
    }

    private static @Nullable Item item(byte @Nullable [] image) {
        return image == null ? null : ItemCodec.decode(image);
    }

    private Item keys(@Nullable Item item) {
        Map<String, AttributeValue> keys = new LinkedHashMap<>();
        KeySchema schema = table.definition().key();
        if (item != null) {
            schema.hash().forEach(name -> keys.put(name, item.attributes().get(name)));
            schema.range().forEach(name -> keys.put(name, item.attributes().get(name)));
        }
        return new Item(keys);
    }
}
