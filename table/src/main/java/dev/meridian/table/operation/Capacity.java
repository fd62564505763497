package dev.meridian.table.operation;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.meridian.table.model.Struct;
import java.io.IOException;

/** Consumed capacity units: 4 KB a read unit, half for eventual reads; 1 KB a write unit. */
final class Capacity {

    private static final int READ_UNIT_BYTES = 4_096;
    private static final int WRITE_UNIT_BYTES = 1_024;

    private Capacity() {}

    static double read(long bytes, boolean consistent) {
        long units = Math.max(1, (bytes + READ_UNIT_BYTES - 1) / READ_UNIT_BYTES);
        return consistent ? units : units / 2.0;
    }

    static double write(long bytes) {
        return Math.max(1, (bytes + WRITE_UNIT_BYTES - 1) / WRITE_UNIT_BYTES);
    }

    static boolean isAskedFor(Struct request) {
        String wanted = request.text("ReturnConsumedCapacity");
        return wanted != null && !wanted.equals("NONE");
    }

    static void write(JsonGenerator json, Struct request, String table, double units) throws IOException {
        json.writeObjectFieldStart("ConsumedCapacity");
        fields(json, request, table, units);
        json.writeEndObject();
    }

    static void fields(JsonGenerator json, Struct request, String table, double units) throws IOException {
        json.writeStringField("TableName", table);
        json.writeNumberField("CapacityUnits", units);
        if ("INDEXES".equals(request.text("ReturnConsumedCapacity"))) {
            json.writeObjectFieldStart("Table");
            json.writeNumberField("CapacityUnits", units);
            json.writeEndObject();
        }
    }
}
