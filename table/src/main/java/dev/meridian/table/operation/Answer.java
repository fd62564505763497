package dev.meridian.table.operation;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.meridian.table.model.Base64Text;
import dev.meridian.table.value.AttributeValue;
import dev.meridian.table.value.Binary;
import dev.meridian.table.value.Item;
import dev.meridian.table.value.NumberText;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/** Puts a JSON answer together. */
public final class Answer {

    private static final JsonFactory JSON = new JsonFactory();

    /** Writes the members of an answer. */
    @FunctionalInterface
    public interface Members {

        void write(JsonGenerator json) throws IOException;
    }

    /** An object without members; not to be changed. */
    static final byte[] NOTHING = of(json -> {});

    private Answer() {}

    /** An object with these members. */
    public static byte[] of(Members members) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            members.write(json);
            json.writeEndObject();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return bytes.toByteArray();
    }

    /** An item as a JSON object of its own. */
    public static byte[] item(Item item) {
        return of(json -> entries(json, item.attributes()));
    }

    /** An item as a member of the object being written. */
    public static void item(JsonGenerator json, String member, Item item) throws IOException {
        json.writeObjectFieldStart(member);
        entries(json, item.attributes());
        json.writeEndObject();
    }

    /** Items as a member of the object being written. */
    static void items(JsonGenerator json, String member, List<Item> items) throws IOException {
        json.writeArrayFieldStart(member);
        for (Item item : items) {
            item(json, item);
        }
        json.writeEndArray();
    }

    static void item(JsonGenerator json, Item item) throws IOException {
        json.writeStartObject();
        entries(json, item.attributes());
        json.writeEndObject();
    }

    private static void entries(JsonGenerator json, Map<String, AttributeValue> entries) throws IOException {
        for (Map.Entry<String, AttributeValue> entry : entries.entrySet()) {
            json.writeFieldName(entry.getKey());
            value(json, entry.getValue());
        }
    }

    static void value(JsonGenerator json, AttributeValue value) throws IOException {
        json.writeStartObject();
        if (value instanceof AttributeValue.S s) {
            json.writeStringField("S", s.value());
        } else if (value instanceof AttributeValue.N n) {
            json.writeStringField("N", NumberText.format(n.value()));
        } else if (value instanceof AttributeValue.B b) {
            json.writeStringField("B", Base64Text.encode(b.value().bytes()));
        } else if (value instanceof AttributeValue.Bool bool) {
            json.writeBooleanField("BOOL", bool.value());
        } else if (value instanceof AttributeValue.Null) {
            json.writeBooleanField("NULL", true);
        } else if (value instanceof AttributeValue.M map) {
            json.writeObjectFieldStart("M");
            entries(json, map.entries());
            json.writeEndObject();
        } else {
            elements(json, value);
        }
        json.writeEndObject();
    }

    private static void elements(JsonGenerator json, AttributeValue value) throws IOException {
        if (value instanceof AttributeValue.L list) {
            json.writeArrayFieldStart("L");
            for (AttributeValue element : list.elements()) {
                value(json, element);
            }
        } else if (value instanceof AttributeValue.SS set) {
            json.writeArrayFieldStart("SS");
            for (String element : set.values()) {
                json.writeString(element);
            }
        } else if (value instanceof AttributeValue.NS set) {
            json.writeArrayFieldStart("NS");
            for (BigDecimal element : set.values()) {
                json.writeString(NumberText.format(element));
            }
        } else if (value instanceof AttributeValue.BS set) {
            json.writeArrayFieldStart("BS");
            for (Binary element : set.values()) {
                json.writeString(Base64Text.encode(element.bytes()));
            }
        }
        json.writeEndArray();
    }
}
