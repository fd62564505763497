package dev.meridian.table.definition;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/** Writes the parts of a table's definition that requests and descriptions spell alike. */
public final class DefinitionWriter {

    private static final JsonFactory JSON = new JsonFactory();

    private DefinitionWriter() {}

    static byte[] request(TableDefinition table) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            json.writeStringField("TableName", table.name());
            attributeDefinitions(json, table.attributeTypes());
            keySchema(json, table.key());
            json.writeStringField("BillingMode", table.onDemand() ? "PAY_PER_REQUEST" : "PROVISIONED");
            capacity(json, table.capacity(), table.onDemand());
            indexes(json, table, true);
            indexes(json, table, false);
            if (!table.streamView().isEmpty()) {
                stream(json, table.streamView());
            }
            json.writeStringField("TableClass", table.tableClass());
            json.writeBooleanField("DeletionProtectionEnabled", table.deletionProtection());
            if (table.encryption().managed()) {
                encryption(json, table.encryption());
            }
            if (!table.tags().isEmpty()) {
                json.writeArrayFieldStart("Tags");
                for (Map.Entry<String, String> tag : table.tags().entrySet()) {
                    json.writeStartObject();
                    json.writeStringField("Key", tag.getKey());
                    json.writeStringField("Value", tag.getValue());
                    json.writeEndObject();
                }
                json.writeEndArray();
            }
            json.writeEndObject();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return bytes.toByteArray();
    }

    private static void indexes(JsonGenerator json, TableDefinition table, boolean local) throws IOException {
        List<IndexDefinition> indexes =
                table.indexes().stream().filter(index -> index.local() == local).toList();
        if (indexes.isEmpty()) {
            return;
        }
        json.writeArrayFieldStart(local ? "LocalSecondaryIndexes" : "GlobalSecondaryIndexes");
        for (IndexDefinition index : indexes) {
            json.writeStartObject();
            json.writeStringField("IndexName", index.name());
            keySchema(json, index.key());
            projection(json, index);
            if (!local) {
                capacity(json, index.capacity(), table.onDemand());
            }
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    static void attributeDefinitions(JsonGenerator json, Map<String, String> types) throws IOException {
        json.writeArrayFieldStart("AttributeDefinitions");
        for (Map.Entry<String, String> type : types.entrySet()) {
            json.writeStartObject();
            json.writeStringField("AttributeName", type.getKey());
            json.writeStringField("AttributeType", type.getValue());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    /** A key schema, as a member of the object being written. */
    public static void keySchema(JsonGenerator json, KeySchema key) throws IOException {
        json.writeArrayFieldStart("KeySchema");
        for (String name : key.hash()) {
            keyElement(json, name, "HASH");
        }
        for (String name : key.range()) {
            keyElement(json, name, "RANGE");
        }
        json.writeEndArray();
    }

    private static void keyElement(JsonGenerator json, String name, String type) throws IOException {
        json.writeStartObject();
        json.writeStringField("AttributeName", name);
        json.writeStringField("KeyType", type);
        json.writeEndObject();
    }

    static void projection(JsonGenerator json, IndexDefinition index) throws IOException {
        json.writeObjectFieldStart("Projection");
        json.writeStringField("ProjectionType", index.projection());
        if (!index.nonKeyAttributes().isEmpty()) {
            json.writeArrayFieldStart("NonKeyAttributes");
            for (String name : index.nonKeyAttributes()) {
                json.writeString(name);
            }
            json.writeEndArray();
        }
        json.writeEndObject();
    }

    private static void capacity(JsonGenerator json, CapacityDefinition capacity, boolean onDemand) throws IOException {
        if (!onDemand) {
            units(json, "ProvisionedThroughput", "ReadCapacityUnits", "WriteCapacityUnits", capacity.provisioned());
        }
        onDemandThroughput(json, capacity.maximum());
        if (!capacity.warm().equals(Throughput.NONE)) {
            Throughput warm = capacity.warmNow(onDemand);
            units(json, "WarmThroughput", "ReadUnitsPerSecond", "WriteUnitsPerSecond", warm);
        }
    }

    /** The bounds of on-demand, if there are any; -1 for what has none. */
    static void onDemandThroughput(JsonGenerator json, Throughput maximum) throws IOException {
        if (!maximum.equals(Throughput.NONE)) {
            Throughput shown = new Throughput(
                    maximum.readUnits() == 0 ? -1 : maximum.readUnits(),
                    maximum.writeUnits() == 0 ? -1 : maximum.writeUnits());
            units(json, "OnDemandThroughput", "MaxReadRequestUnits", "MaxWriteRequestUnits", shown);
        }
    }

    private static void units(JsonGenerator json, String member, String read, String write, Throughput throughput)
            throws IOException {
        json.writeObjectFieldStart(member);
        json.writeNumberField(read, throughput.readUnits());
        json.writeNumberField(write, throughput.writeUnits());
        json.writeEndObject();
    }

    private static void encryption(JsonGenerator json, Encryption encryption) throws IOException {
        json.writeObjectFieldStart("SSESpecification");
        json.writeBooleanField("Enabled", true);
        if (!encryption.key().isEmpty()) {
            json.writeStringField("KMSMasterKeyId", encryption.key());
        }
        json.writeEndObject();
    }

    static void stream(JsonGenerator json, String view) throws IOException {
        json.writeObjectFieldStart("StreamSpecification");
        json.writeBooleanField("StreamEnabled", true);
        json.writeStringField("StreamViewType", view);
        json.writeEndObject();
    }
}
