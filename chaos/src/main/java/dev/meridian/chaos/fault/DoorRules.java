package dev.meridian.chaos.fault;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.meridian.chaos.fault.DoorRule.Effect;
import java.io.IOException;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Door rules as JSON: the form of LocalStack's chaos API, {@code [{"region","service","operation","probability","error":
 * {"statusCode","code"}}]}, with {@code table}, {@code effect}, {@code latencyMillis} and {@code error.message} besides.
 */
public final class DoorRules {

    private static final JsonFactory JSON = new JsonFactory();
    private static final Set<String> KEYS =
            Set.of("region", "service", "operation", "table", "probability", "effect", "latencyMillis");
    private static final Set<String> ERROR_KEYS = Set.of("statusCode", "code", "message");
    private static final int UNAVAILABLE = 503;

    private DoorRules() {}

    /** Throws IllegalArgumentException, for the user. */
    public static List<DoorRule> parse(byte[] json) {
        List<DoorRule> rules = new ArrayList<>();
        try (JsonParser parser = JSON.createParser(json)) {
            if (parser.nextToken() != JsonToken.START_ARRAY) {
                throw new IllegalArgumentException(
                        "a JSON list of rules is expected, such as [{\"service\":\"dynamodb\"}]");
            }
            while (parser.nextToken() == JsonToken.START_OBJECT) {
                rules.add(rule(parser));
            }
        } catch (IOException malformed) {
            throw new IllegalArgumentException("that is not JSON: " + malformed.getMessage(), malformed);
        } catch (NumberFormatException wrong) {
            throw new IllegalArgumentException("a number is expected: " + wrong.getMessage(), wrong);
        }
        return rules;
    }

    private static DoorRule rule(JsonParser parser) throws IOException {
        Map<String, String> fields = new HashMap<>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String key = parser.currentName();
            parser.nextToken();
            if (key.equals("error") && parser.currentToken() == JsonToken.START_OBJECT) {
                while (parser.nextToken() == JsonToken.FIELD_NAME) {
                    known(parser.currentName(), ERROR_KEYS);
                    String name = parser.currentName();
                    parser.nextToken();
                    fields.put(name, parser.getText());
                }
            } else {
                known(key, KEYS);
                fields.put(key, parser.getText());
            }
        }
        return new DoorRule(
                fields.getOrDefault("region", ""),
                fields.getOrDefault("service", ""),
                fields.getOrDefault("operation", ""),
                fields.getOrDefault("table", ""),
                Double.parseDouble(fields.getOrDefault("probability", "1")),
                effect(fields.getOrDefault("effect", "error")),
                Integer.parseInt(fields.getOrDefault("statusCode", Integer.toString(UNAVAILABLE))),
                fields.getOrDefault("code", "ServiceUnavailable"),
                fields.getOrDefault("message", ""),
                Long.parseLong(fields.getOrDefault("latencyMillis", "0")));
    }

    private static void known(String key, Set<String> keys) {
        if (!keys.contains(key)) {
            throw new IllegalArgumentException(
                    "unknown key '" + key + "'; a rule has " + new java.util.TreeSet<>(keys));
        }
    }

    private static Effect effect(String text) {
        try {
            return Effect.valueOf(text.toUpperCase(Locale.ROOT).replace('-', '_'));
        } catch (IllegalArgumentException wrong) {
            throw new IllegalArgumentException(
                    "'effect' is error, refuse, refuse-new, hang or slow, not '" + text + "'", wrong);
        }
    }

    /** What {@link #parse} reads back as the same rules. */
    public static String json(List<DoorRule> rules) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartArray();
            for (DoorRule rule : rules) {
                write(json, rule);
            }
            json.writeEndArray();
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
        return text.toString();
    }

    private static void write(JsonGenerator json, DoorRule rule) throws IOException {
        json.writeStartObject();
        text(json, "region", rule.region());
        text(json, "service", rule.service());
        text(json, "operation", rule.operation());
        text(json, "table", rule.table());
        json.writeNumberField("probability", rule.probability());
        if (rule.effect() == Effect.ERROR) {
            json.writeObjectFieldStart("error");
            json.writeNumberField("statusCode", rule.statusCode());
            json.writeStringField("code", rule.code());
            text(json, "message", rule.message());
            json.writeEndObject();
        } else {
            json.writeStringField(
                    "effect", rule.effect().name().toLowerCase(Locale.ROOT).replace('_', '-'));
        }
        if (rule.latencyMillis() > 0) {
            json.writeNumberField("latencyMillis", rule.latencyMillis());
        }
        json.writeEndObject();
    }

    private static void text(JsonGenerator json, String name, String value) throws IOException {
        if (!value.isEmpty()) {
            json.writeStringField(name, value);
        }
    }
}
