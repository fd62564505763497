package dev.meridian.table.model;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Turns request bytes into a checked {@link Struct}, in one pass over the JSON. What does not fit the shape is a {@link
 * MalformedRequestException}; then the model's constraints, then the rules of attribute values are checked, each a {@link
 * ConstraintViolationException}. Members the model does not know are passed over, as the service does.
 */
public final class RequestDecoder {

    private static final int NESTING_MAX = 150;
    private static final int BODY_BYTES_MAX = 16 << 20;
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(NESTING_MAX)
                    .maxStringLength(BODY_BYTES_MAX)
                    .maxNameLength(BODY_BYTES_MAX)
                    .maxDocumentLength(BODY_BYTES_MAX + 1L)
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();
    /** Shapes whose keys are attributes that are written. */
    private static final Set<String> ITEMS = Set.of("PutItemInputAttributeMap", "AttributeUpdates");

    private static final String NO_STRUCTURE_EXPECTED = "Start of structure or map found where not expected";

    private final JsonParser parser;
    private final AttributeValueDecoder attributes;

    private RequestDecoder(JsonParser parser) {
        this.parser = parser;
        this.attributes = new AttributeValueDecoder(parser);
    }

    /** Reads and checks a request. */
    public static Struct decode(Shape input, byte[] body) {
        refuseMalformedUtf8(body);
        try (JsonParser parser = JSON.createParser(body)) {
            RequestDecoder decoder = new RequestDecoder(parser);
            parser.nextToken();
            Struct request = decoder.structure(input);
            if (parser.nextToken() != null) {
                throw new MalformedRequestException("Unexpected content after the request");
            }
            ConstraintCheck.check(input, request);
            String finding = decoder.attributes.finding();
            if (finding != null) {
                throw new ConstraintViolationException(finding);
            }
            return request;
        } catch (IOException malformed) {
            throw new MalformedRequestException("Could not parse the request body as JSON");
        }
    }

    /** Jackson guesses UTF-16 and UTF-32 and lets some malformed bytes pass; the service takes UTF-8. */
    private static void refuseMalformedUtf8(byte[] body) {
        boolean ascii = true;
        for (byte next : body) {
            if (next < 0) {
                ascii = false;
            } else if (next == 0) {
                throw new MalformedRequestException("Could not parse the request body as JSON");
            }
        }
        if (ascii) {
            return;
        }
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body));
        } catch (CharacterCodingException malformed) {
            throw new MalformedRequestException("Could not parse the request body as UTF-8");
        }
    }

    private @Nullable Object value(Shape shape) throws IOException {
        JsonToken token = parser.currentToken();
        if (token == JsonToken.VALUE_NULL) {
            return null;
        }
        return switch (shape.type()) {
            case STRING, ENUM -> text(token);
            case BOOLEAN -> flag(token);
            case INTEGER -> number(token, "Integer");
            case LONG -> number(token, "Long");
            case DOUBLE, TIMESTAMP -> decimal(token);
            case BLOB -> blob(token);
            case LIST -> list(shape);
            case MAP -> map(shape);
            case STRUCTURE -> structure(shape);
            case ATTRIBUTE_VALUE -> attributes.read();
        };
    }

    private String text(@Nullable JsonToken token) throws IOException {
        if (token == JsonToken.VALUE_STRING) {
            return Surrogates.checked(parser.getText());
        }
        throw scalar(token, "String");
    }

    private Boolean flag(@Nullable JsonToken token) {
        if (token == JsonToken.VALUE_TRUE || token == JsonToken.VALUE_FALSE) {
            return token == JsonToken.VALUE_TRUE;
        }
        if (token == JsonToken.VALUE_STRING) {
            throw new MalformedRequestException("Unexpected token received from parser");
        }
        throw scalar(token, "Boolean");
    }

    private Long number(@Nullable JsonToken token, String type) throws IOException {
        if (token != JsonToken.VALUE_NUMBER_INT && token != JsonToken.VALUE_NUMBER_FLOAT) {
            throw scalar(token, type);
        }
        try {
            return type.equals("Integer") ? parser.getIntValue() : parser.getLongValue();
        } catch (IOException tooLarge) {
            throw new MalformedRequestException("NUMBER_VALUE cannot be converted to " + type);
        }
    }

    private Double decimal(@Nullable JsonToken token) throws IOException {
        if (token == JsonToken.VALUE_NUMBER_INT || token == JsonToken.VALUE_NUMBER_FLOAT) {
            return parser.getDoubleValue();
        }
        throw scalar(token, "Double");
    }

    private byte[] blob(@Nullable JsonToken token) throws IOException {
        if (token == JsonToken.VALUE_STRING) {
            return Base64Text.decode(parser.getText());
        }
        throw scalar(token, "ByteBuffer");
    }

    static MalformedRequestException scalar(@Nullable JsonToken token, String type) {
        if (token == JsonToken.START_OBJECT) {
            return new MalformedRequestException(NO_STRUCTURE_EXPECTED);
        }
        if (token == JsonToken.START_ARRAY) {
            String javaType = type.equals("ByteBuffer") ? "java.nio.ByteBuffer" : "java.lang." + type;
            return new MalformedRequestException("Unrecognized collection type class " + javaType);
        }
        if (type.equals("ByteBuffer")) {
            return new MalformedRequestException("only base-64-encoded strings are convertible to bytes");
        }
        String found = token == JsonToken.VALUE_TRUE
                ? "TRUE_VALUE"
                : token == JsonToken.VALUE_FALSE
                        ? "FALSE_VALUE"
                        : token == JsonToken.VALUE_STRING ? "STRING_VALUE" : "NUMBER_VALUE";
        return new MalformedRequestException(found + " cannot be converted to " + type);
    }

    private List<Object> list(Shape shape) throws IOException {
        if (parser.currentToken() == JsonToken.START_OBJECT) {
            throw new MalformedRequestException(NO_STRUCTURE_EXPECTED);
        }
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            throw new MalformedRequestException("Unexpected field type");
        }
        List<Object> list = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            Object element = value(shape.element());
            if (element != null) {
                list.add(element);
            }
        }
        return list;
    }

    private Map<String, Object> map(Shape shape) throws IOException {
        if (parser.currentToken() == JsonToken.START_ARRAY) {
            throw new MalformedRequestException(
                    "Unrecognized collection type java.util.Map<java.lang.String, com.amazonaws.dynamodb.v20120810."
                            + shape.element().name() + ">");
        }
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            throw new MalformedRequestException("Unexpected field type");
        }
        Map<String, Object> map = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String key = Surrogates.checked(parser.currentName());
            parser.nextToken();
            if (ITEMS.contains(shape.name())) {
                attributes.checkName(key);
            }
            boolean clean = attributes.finding() == null;
            Object element = value(shape.element());
            if (element != null) {
                map.put(key, element);
            }
            if (clean && shape.name().equals("ExpressionAttributeValueMap")) {
                attributes.explain("ExpressionAttributeValues contains invalid value: ", " for key " + key);
            }
        }
        return map;
    }

    private Struct structure(Shape shape) throws IOException {
        if (parser.currentToken() == JsonToken.START_ARRAY) {
            throw new MalformedRequestException(
                    "Unrecognized collection type class com.amazonaws.dynamodb.v20120810." + shape.name());
        }
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            throw new MalformedRequestException("Unexpected value type in payload");
        }
        Struct struct = new Struct();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            Shape.Member member = shape.members().get(parser.currentName());
            parser.nextToken();
            if (member == null) {
                parser.skipChildren();
                continue;
            }
            Object value = value(member.shape());
            if (value != null) {
                struct.put(member.name(), value);
            }
        }
        return struct;
    }
}
