package dev.meridian.table.model;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.meridian.table.value.AttributeValue;
import dev.meridian.table.value.Binary;
import dev.meridian.table.value.InvalidValueException;
import dev.meridian.table.value.NumberText;
import dev.meridian.table.value.Utf8;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Reads attribute values straight into {@link AttributeValue}. JSON of the wrong type fails at once; a value that breaks a
 * rule is remembered as the request's finding, for the service checks the rest of the request first.
 */
final class AttributeValueDecoder {

    private static final String INVALID = "One or more parameter values were invalid: ";
    private static final int NESTING_MAX = 32;
    private static final int NAME_BYTES_MAX = 65_535;
    /** Stands in for a value that breaks a rule: the request will be refused. */
    private static final AttributeValue BROKEN = new AttributeValue.Null();

    private final JsonParser parser;
    private @Nullable String finding;
    private int depth;

    AttributeValueDecoder(JsonParser parser) {
        this.parser = parser;
    }

    /** The first rule broken, or null. */
    @Nullable
    String finding() {
        return finding;
    }

    /** Says where the rule was broken, if one was. */
    void explain(String before, String after) {
        if (finding != null) {
            finding = before + finding + after;
        }
    }

    /** Reads the value the parser stands on. */
    AttributeValue read() throws IOException {
        JsonToken start = parser.currentToken();
        if (start == JsonToken.START_ARRAY) {
            throw new MalformedRequestException(
                    "Unrecognized collection type class com.amazonaws.dynamodb.v20120810.AttributeValue");
        }
        if (start != JsonToken.START_OBJECT) {
            throw new MalformedRequestException("Unexpected value type in payload");
        }
        if (++depth > NESTING_MAX + 1) {
            broken("Nesting Levels have exceeded supported limits");
        }
        AttributeValue value = null;
        int types = 0;
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String type = parser.currentName();
            JsonToken token = parser.nextToken();
            if (token == JsonToken.VALUE_NULL) {
                continue;
            }
            AttributeValue read = typed(type, token);
            if (read != null) {
                value = read;
                types++;
            }
        }
        depth--;
        if (value == null) {
            return broken("Supplied AttributeValue is empty, must contain exactly one of the supported datatypes");
        }
        if (types > 1) {
            return broken("Supplied AttributeValue has more than one datatypes set, must contain exactly one of the "
                    + "supported datatypes");
        }
        return value;
    }

    private @Nullable AttributeValue typed(String type, JsonToken token) throws IOException {
        switch (type) {
            case "S":
                return new AttributeValue.S(text(token));
            case "N":
                return number(text(token));
            case "B":
                return new AttributeValue.B(binary(token));
            case "BOOL":
                return new AttributeValue.Bool(flag(token));
            case "NULL":
                return flag(token)
                        ? new AttributeValue.Null()
                        : broken(INVALID + "Null attribute value types must have the value of true");
            case "M":
                return map(token);
            case "L":
                return list(token);
            case "SS":
                return strings(token);
            case "NS":
                return numbers(token);
            case "BS":
                return binaries(token);
            default:
                parser.skipChildren();
                return null;
        }
    }

    private AttributeValue broken(String message) {
        if (finding == null) {
            finding = message;
        }
        return BROKEN;
    }

    private String text(JsonToken token) throws IOException {
        if (token != JsonToken.VALUE_STRING) {
            throw RequestDecoder.scalar(token, "String");
        }
        return Surrogates.checked(parser.getText());
    }

    private boolean flag(JsonToken token) {
        if (token == JsonToken.VALUE_TRUE || token == JsonToken.VALUE_FALSE) {
            return token == JsonToken.VALUE_TRUE;
        }
        if (token == JsonToken.VALUE_STRING) {
            throw new MalformedRequestException("Unexpected token received from parser");
        }
        throw RequestDecoder.scalar(token, "Boolean");
    }

    private Binary binary(JsonToken token) throws IOException {
        if (token != JsonToken.VALUE_STRING) {
            throw RequestDecoder.scalar(token, "ByteBuffer");
        }
        return new Binary(Base64Text.decode(parser.getText()));
    }

    private AttributeValue number(String text) {
        try {
            return new AttributeValue.N(NumberText.parse(text));
        } catch (InvalidValueException invalid) {
            return broken(String.valueOf(invalid.getMessage()));
        }
    }

    private AttributeValue map(JsonToken token) throws IOException {
        if (token == JsonToken.START_ARRAY) {
            throw new MalformedRequestException("Unrecognized collection type java.util.Map<java.lang.String, "
                    + "com.amazonaws.dynamodb.v20120810.AttributeValue>");
        }
        if (token != JsonToken.START_OBJECT) {
            throw new MalformedRequestException("Unexpected field type");
        }
        Map<String, AttributeValue> entries = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = Surrogates.checked(parser.currentName());
            checkName(name);
            if (parser.nextToken() != JsonToken.VALUE_NULL) {
                entries.put(name, read());
            }
        }
        return new AttributeValue.M(entries);
    }

    /** An attribute's name, at the top of an item or below. */
    void checkName(String name) {
        if (name.isEmpty()) {
            broken("Empty attribute name");
        } else if (name.length() > NAME_BYTES_MAX / 3 && Utf8.length(name) > NAME_BYTES_MAX) {
            broken("Attribute name is too large, must be less than " + (NAME_BYTES_MAX + 1) + " bytes");
        }
    }

    private AttributeValue list(JsonToken token) throws IOException {
        startOfList(token);
        List<AttributeValue> elements = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            elements.add(read());
        }
        return new AttributeValue.L(elements);
    }

    private void startOfList(JsonToken token) {
        if (token == JsonToken.START_OBJECT) {
            throw new MalformedRequestException("Start of structure or map found where not expected");
        }
        if (token != JsonToken.START_ARRAY) {
            throw new MalformedRequestException("Unexpected field type");
        }
    }

    private AttributeValue strings(JsonToken token) throws IOException {
        startOfList(token);
        TreeSet<String> values = new TreeSet<>(Utf8.ORDER);
        List<String> given = new ArrayList<>();
        while ((token = parser.nextToken()) != JsonToken.END_ARRAY) {
            String element = text(token);
            given.add(element);
            values.add(element);
        }
        if (given.isEmpty()) {
            return broken(INVALID + "An string set  may not be empty");
        }
        return values.size() == given.size()
                ? new AttributeValue.SS(values)
                : broken(INVALID + "Input collection [" + String.join(", ", given) + "] contains duplicates.");
    }

    private AttributeValue numbers(JsonToken token) throws IOException {
        startOfList(token);
        TreeSet<BigDecimal> values = new TreeSet<>();
        int given = 0;
        while ((token = parser.nextToken()) != JsonToken.END_ARRAY) {
            given++;
            if (number(text(token)) instanceof AttributeValue.N n) {
                values.add(n.value());
            } else {
                given--;
            }
        }
        if (given == 0) {
            return broken(INVALID + "An number set  may not be empty");
        }
        return values.size() == given ? new AttributeValue.NS(values) : broken("Input collection contains duplicates");
    }

    private AttributeValue binaries(JsonToken token) throws IOException {
        startOfList(token);
        TreeSet<Binary> values = new TreeSet<>();
        List<String> given = new ArrayList<>();
        while ((token = parser.nextToken()) != JsonToken.END_ARRAY) {
            Binary element = binary(token);
            given.add(Base64Text.encode(element.bytes()));
            values.add(element);
        }
        if (given.isEmpty()) {
            return broken(INVALID + "Binary sets should not be empty");
        }
        return values.size() == given.size()
                ? new AttributeValue.BS(values)
                : broken(
                        INVALID + "Input collection [" + String.join(", ", given) + "]of type BS contains duplicates.");
    }
}
