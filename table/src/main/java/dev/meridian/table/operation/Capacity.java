package dev.meridian.table.operation;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.meridian.table.capacity.Units;
import dev.meridian.table.definition.IndexSchema;
import dev.meridian.table.model.Struct;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes {@code ConsumedCapacity} as {@code ReturnConsumedCapacity} asks for it. */
final class Capacity {

    private Capacity() {}

    static boolean isAskedFor(Struct request) {
        String wanted = request.text("ReturnConsumedCapacity");
        return wanted != null && !wanted.equals("NONE");
    }

    /** As a member of the answer to an operation on one table, which is called as the request calls it. */
    static void write(JsonGenerator json, Struct request, Units units) throws IOException {
        write(json, request, request.requiredText("TableName"), units);
    }

    /** As a member of the answer to a statement, which names its table in its text. */
    static void write(JsonGenerator json, Struct request, String table, Units units) throws IOException {
        json.writeObjectFieldStart("ConsumedCapacity");
        fields(json, request, table, units, null);
        json.writeEndObject();
    }

    /** As a member of the answer to an operation on several tables. */
    static void writeAll(JsonGenerator json, Struct request, Map<String, Units> units, @Nullable String kind)
            throws IOException {
        json.writeArrayFieldStart("ConsumedCapacity");
        for (Map.Entry<String, Units> table : units.entrySet()) {
            json.writeStartObject();
            fields(json, request, table.getKey(), table.getValue(), kind);
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    /**
     * @param kind what transactions name their units besides: {@code ReadCapacityUnits} or {@code WriteCapacityUnits}
     */
    private static void fields(JsonGenerator json, Struct request, String table, Units units, @Nullable String kind)
            throws IOException {
        json.writeStringField("TableName", table);
        number(json, units.total(), kind);
        if ("INDEXES".equals(request.text("ReturnConsumedCapacity"))) {
            json.writeObjectFieldStart("Table");
            number(json, units.table(), kind);
            json.writeEndObject();
            indexes(json, "LocalSecondaryIndexes", true, units, kind);
            indexes(json, "GlobalSecondaryIndexes", false, units, kind);
        }
    }

    private static void number(JsonGenerator json, double units, @Nullable String kind) throws IOException {
        json.writeNumberField("CapacityUnits", units);
        if (kind != null) {
            json.writeNumberField(kind, units);
        }
    }

    private static void indexes(JsonGenerator json, String member, boolean local, Units units, @Nullable String kind)
            throws IOException {
        if (units.indexes().keySet().stream().noneMatch(index -> index.local() == local)) {
            return;
        }
        json.writeObjectFieldStart(member);
        for (Map.Entry<IndexSchema, Double> index : units.indexes().entrySet()) {
            if (index.getKey().local() == local) {
                json.writeObjectFieldStart(index.getKey().name());
                number(json, index.getValue(), kind);
                json.writeEndObject();
            }
        }
        json.writeEndObject();
    }
}
