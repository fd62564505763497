package dev.meridian.table.definition;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Writes what a description says of the other replicas: what is set for each alone, never what it shares. */
final class ReplicaDescriptionWriter {

    private ReplicaDescriptionWriter() {}

    static void replicas(JsonGenerator json, String mode, List<TableFacts.Replica> replicas) throws IOException {
        json.writeStringField("GlobalTableVersion", "2019.11.21");
        json.writeArrayFieldStart("Replicas");
        for (TableFacts.Replica replica : replicas) {
            json.writeStartObject();
            json.writeStringField("RegionName", replica.region());
            json.writeStringField("ReplicaStatus", replica.status());
            if (!replica.arn().isEmpty()) {
                json.writeStringField("ReplicaArn", replica.arn());
            }
            reads(json, replica.overrides().reads());
            indexes(json, replica.overrides().indexes());
            if (!replica.overrides().tableClass().isEmpty()) {
                json.writeObjectFieldStart("ReplicaTableClassSummary");
                json.writeStringField("TableClass", replica.overrides().tableClass());
                json.writeEndObject();
            }
            TableDescriptionWriter.warmThroughput(json, replica.warm(), replica.status());
            json.writeStringField("GlobalTableSettingsReplicationMode", mode);
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void indexes(JsonGenerator json, Map<String, ReadOverride> indexes) throws IOException {
        if (indexes.isEmpty()) {
            return;
        }
        json.writeArrayFieldStart("GlobalSecondaryIndexes");
        for (Map.Entry<String, ReadOverride> index : indexes.entrySet()) {
            json.writeStartObject();
            json.writeStringField("IndexName", index.getKey());
            reads(json, index.getValue());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void reads(JsonGenerator json, ReadOverride reads) throws IOException {
        if (reads.provisioned() != 0) {
            json.writeObjectFieldStart("ProvisionedThroughputOverride");
            json.writeNumberField("ReadCapacityUnits", reads.provisioned());
            json.writeEndObject();
        }
        if (reads.maximum() != 0) {
            json.writeObjectFieldStart("OnDemandThroughputOverride");
            json.writeNumberField("MaxReadRequestUnits", reads.maximum());
            json.writeEndObject();
        }
    }
}
