package dev.meridian.table.definition;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.List;

/** Writes a TableDescription as the service answers it. */
public final class TableDescriptionWriter {

    private static final String WITH_OVERRIDES = "ENABLED_WITH_OVERRIDES";
    private static final JsonFactory JSON = new JsonFactory();

    private TableDescriptionWriter() {}

    /** An answer with the description in the given member: {@code Table} or {@code TableDescription}. */
    public static byte[] answer(String member, TableDefinition table, TableFacts facts) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(1_024);
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            json.writeObjectFieldStart(member);
            description(json, table, facts);
            json.writeEndObject();
            json.writeEndObject();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return bytes.toByteArray();
    }

    private static void description(JsonGenerator json, TableDefinition table, TableFacts facts) throws IOException {
        DefinitionWriter.attributeDefinitions(json, table.attributeTypes());
        json.writeStringField("TableName", table.name());
        DefinitionWriter.keySchema(json, table.key());
        json.writeStringField("TableStatus", facts.status());
        json.writeFieldName("CreationDateTime");
        json.writeNumber(BigDecimal.valueOf(facts.createdMillis(), 3));
        throughput(json, table.capacity().provisioned());
        json.writeNumberField("TableSizeBytes", facts.size().bytes());
        json.writeNumberField("ItemCount", facts.size().items());
        json.writeStringField("TableArn", facts.arn());
        json.writeStringField("TableId", facts.id());
        if (table.onDemand()) {
            json.writeObjectFieldStart("BillingModeSummary");
            json.writeStringField("BillingMode", "PAY_PER_REQUEST");
            json.writeFieldName("LastUpdateToPayPerRequestDateTime");
            json.writeNumber(BigDecimal.valueOf(facts.createdMillis(), 3));
            json.writeEndObject();
        }
        indexes(json, table, facts, true);
        indexes(json, table, facts, false);
        if (!table.streamView().isEmpty()) {
            DefinitionWriter.stream(json, table.streamView());
        }
        if (!facts.streamLabel().isEmpty()) {
            json.writeStringField("LatestStreamLabel", facts.streamLabel());
            json.writeStringField("LatestStreamArn", facts.arn() + "/stream/" + facts.streamLabel());
        }
        if (facts.global() || !facts.settingsMode().equals(WITH_OVERRIDES)) {
            json.writeStringField("GlobalTableSettingsReplicationMode", facts.settingsMode());
        }
        if (facts.global()) {
            ReplicaDescriptionWriter.replicas(json, facts.settingsMode(), facts.replicas());
        }
        if (facts.strong()) {
            json.writeStringField("MultiRegionConsistency", "STRONG");
        }
        if (!facts.witnesses().isEmpty()) {
            json.writeArrayFieldStart("GlobalTableWitnesses");
            for (TableFacts.Witness witness : facts.witnesses()) {
                json.writeStartObject();
                json.writeStringField("RegionName", witness.region());
                json.writeStringField("WitnessStatus", witness.status());
                json.writeEndObject();
            }
            json.writeEndArray();
        }
        if (!table.tableClass().equals("STANDARD")) {
            json.writeObjectFieldStart("TableClassSummary");
            json.writeStringField("TableClass", table.tableClass());
            json.writeEndObject();
        }
        json.writeBooleanField("DeletionProtectionEnabled", table.deletionProtection());
        DefinitionWriter.onDemandThroughput(json, table.capacity().maximum());
        warmThroughput(json, table.capacity().warmNow(table.onDemand()), facts.status());
        if (table.encryption().managed()) {
            encryption(json, table.encryption(), facts.arn());
        }
    }

    static void warmThroughput(JsonGenerator json, Throughput warm, String status) throws IOException {
        json.writeObjectFieldStart("WarmThroughput");
        json.writeNumberField("ReadUnitsPerSecond", warm.readUnits());
        json.writeNumberField("WriteUnitsPerSecond", warm.writeUnits());
        json.writeStringField("Status", status);
        json.writeEndObject();
    }

    /** The key as an ARN of the table's own region and account, where it was not given as one. */
    private static void encryption(JsonGenerator json, Encryption encryption, String tableArn) throws IOException {
        String[] parts = tableArn.split(":", 6);
        String account = "arn:" + parts[1] + ":kms:" + parts[3] + ":" + parts[4] + ":";
        String key = encryption.key().isEmpty() ? "alias/aws/dynamodb" : encryption.key();
        String path = key.startsWith("alias/") ? key : "key/" + key;
        json.writeObjectFieldStart("SSEDescription");
        json.writeStringField("Status", "ENABLED");
        json.writeStringField("SSEType", "KMS");
        json.writeStringField("KMSMasterKeyArn", key.startsWith("arn:") ? key : account + path);
        json.writeEndObject();
    }

    private static void throughput(JsonGenerator json, Throughput throughput) throws IOException {
        json.writeObjectFieldStart("ProvisionedThroughput");
        json.writeNumberField("NumberOfDecreasesToday", 0);
        json.writeNumberField("ReadCapacityUnits", throughput.readUnits());
        json.writeNumberField("WriteCapacityUnits", throughput.writeUnits());
        json.writeEndObject();
    }

    private static void indexes(JsonGenerator json, TableDefinition table, TableFacts facts, boolean local)
            throws IOException {
        List<IndexDefinition> indexes =
                table.indexes().stream().filter(index -> index.local() == local).toList();
        if (indexes.isEmpty()) {
            return;
        }
        json.writeArrayFieldStart(local ? "LocalSecondaryIndexes" : "GlobalSecondaryIndexes");
        for (IndexDefinition index : indexes) {
            json.writeStartObject();
            json.writeStringField("IndexName", index.name());
            DefinitionWriter.keySchema(json, index.key());
            DefinitionWriter.projection(json, index);
            TableFacts.Index here = facts.indexes().get(index.name());
            if (!local) {
                boolean isFilling = here != null && here.filling();
                boolean isNew = here == null || !here.active() || facts.status().equals("CREATING");
                json.writeStringField("IndexStatus", isNew ? "CREATING" : "ACTIVE");
                if (isFilling) {
                    json.writeBooleanField("Backfilling", true);
                }
                throughput(json, index.capacity().provisioned());
                DefinitionWriter.onDemandThroughput(json, index.capacity().maximum());
                warmThroughput(json, index.capacity().warmNow(table.onDemand()), isNew ? "CREATING" : "ACTIVE");
            }
            json.writeNumberField(
                    "IndexSizeBytes", here == null ? 0 : here.size().bytes());
            json.writeNumberField("ItemCount", here == null ? 0 : here.size().items());
            json.writeStringField("IndexArn", facts.arn() + "/index/" + index.name());
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}
