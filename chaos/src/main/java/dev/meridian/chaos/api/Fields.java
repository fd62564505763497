package dev.meridian.chaos.api;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * The members of a flat JSON object. Those that are left out stay as they are, so every question has an answer for that; a
 * value of the wrong kind is an IllegalArgumentException that names it.
 *
 * @param values every member's value as text, whether it was a string, a number or a flag
 */
public record Fields(Map<String, String> values) {

    /** No fields at all. */
    public static final Fields NONE = new Fields(Map.of());

    private static final JsonFactory JSON = new JsonFactory();

    public Fields {
        values = Map.copyOf(values);
    }

    /** Reads an object; throws IOException where the body is anything else, or one of its members is not flat. */
    public static Fields parse(Buffer body) throws IOException {
        try {
            return parseObject(body);
        } catch (JsonProcessingException malformed) {
            throw new IOException("the body is no JSON object: " + malformed.getOriginalMessage(), malformed);
        }
    }

    private static Fields parseObject(Buffer body) throws IOException {
        Map<String, String> values = new HashMap<>();
        try (JsonParser parser = JSON.createParser(body.getBytes())) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new IOException("a JSON object is expected");
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                if (!parser.nextToken().isScalarValue() || parser.currentToken() == JsonToken.VALUE_NULL) {
                    throw new IOException(name + " must be a string, a number, true or false");
                }
                values.put(name, parser.getText());
            }
            if (parser.nextToken() != null) {
                throw new IOException("nothing may follow the JSON object");
            }
        }
        return new Fields(values);
    }

    /** As {@link #parse}, where there may be no body: that has no fields. */
    public static Fields parseOptional(Buffer body) throws IOException {
        return body.length() == 0 ? NONE : parse(body);
    }

    public boolean isEmpty() {
        return values.isEmpty();
    }

    public boolean has(String name) {
        return values.containsKey(name);
    }

    /** These but for one. */
    public Fields without(String name) {
        Map<String, String> others = new HashMap<>(values);
        others.remove(name);
        return new Fields(others);
    }

    /** Refuses what is none of these; {@code what} names who has them. */
    public Fields only(String what, Set<String> members) {
        Set<String> unknown = new TreeSet<>(values.keySet());
        unknown.removeAll(members);
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException(what + " has " + new TreeSet<>(members) + ", not "
                    + unknown.iterator().next());
        }
        return this;
    }

    public String text(String name, String otherwise) {
        return values.getOrDefault(name, otherwise);
    }

    /** A whole number. */
    public long number(String name, long otherwise) {
        return parsed(name, otherwise, "a whole number", Long::parseLong);
    }

    /** Any number, as shares and units are. */
    public double decimal(String name, double otherwise) {
        return parsed(name, otherwise, "a number", Double::parseDouble);
    }

    private <T> T parsed(String name, T otherwise, String what, Function<String, T> parse) {
        String value = values.get(name);
        try {
            return value == null ? otherwise : parse.apply(value);
        } catch (NumberFormatException wrong) {
            throw new IllegalArgumentException(name + " is " + what + ", not '" + value + "'", wrong);
        }
    }

    public boolean flag(String name, boolean otherwise) {
        String value = values.get(name);
        if (value == null) {
            return otherwise;
        }
        if (!value.equals("true") && !value.equals("false")) {
            throw new IllegalArgumentException(name + " is true or false, not '" + value + "'");
        }
        return value.equals("true");
    }
}
