package dev.meridian.node.oracle;

import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Gives the names and values of a request's expressions their references. */
final class Placeholders {

    private static final Set<String> RESERVED = Set.of("NAME", "STATUS", "DATA", "LIST", "MAP", "SET", "SIZE");

    private final Random random;
    private final Map<String, Object> names = new TreeMap<>();
    private final Map<String, Object> values = new TreeMap<>();
    private final Set<String> attributes = new TreeSet<>();
    private final Set<String> entered = new TreeSet<>();

    Placeholders(Random random) {
        this.random = random;
    }

    String name(String attribute) {
        boolean needed =
                !attribute.matches("[a-zA-Z][a-zA-Z0-9_]*") || RESERVED.contains(attribute.toUpperCase(Locale.ROOT));
        if (!needed && random.nextInt(3) > 0) {
            return attribute;
        }
        String reference = "#n" + names.size();
        names.put(reference, attribute);
        return reference;
    }

    String value(Attr value) {
        String reference = ":v" + values.size();
        values.put(reference, value.toJson(random));
        return reference;
    }

    /** The attributes that the expressions speak of. */
    Set<String> attributes() {
        return attributes;
    }

    String path(Path path) {
        attributes.add(path.attribute());
        if (!path.isTopLevel()) {
            entered.add(path.attribute());
        }
        StringBuilder text = new StringBuilder();
        for (Object step : path.steps()) {
            if (step instanceof String name) {
                text.append(text.isEmpty() ? "" : ".").append(name(name));
            } else {
                text.append('[').append(step).append(']');
            }
        }
        return text.toString();
    }

    /** Whether a path leads into a key, also one of an index; keys have no inside. */
    boolean leadIntoKeys(Schema schema) {
        return entered.stream().anyMatch(schema.types()::containsKey);
    }

    /** What a condition speaks of. */
    static Placeholders of(Cond condition) {
        Placeholders scout = new Placeholders(new Random(0));
        condition.text(scout);
        return scout;
    }

    /** A reference that nothing uses, or that nothing stands for: the request cannot be valid. */
    void spoil(Map<String, Object> request) {
        if (random.nextBoolean()) {
            names.put("#unused", "a");
        } else {
            values.put(":unused", Map.of("S", "x"));
        }
        addTo(request);
    }

    void addTo(Map<String, Object> request) {
        if (!names.isEmpty()) {
            request.put("ExpressionAttributeNames", names);
        }
        if (!values.isEmpty()) {
            request.put("ExpressionAttributeValues", values);
        }
    }
}
