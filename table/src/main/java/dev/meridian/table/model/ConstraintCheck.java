package dev.meridian.table.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Checks a request against the model's constraints, and reports up to ten breaches in the service's words. */
final class ConstraintCheck {

    private static final int BREACHES_MAX = 10;

    private final List<String> breaches = new ArrayList<>();

    private ConstraintCheck() {}

    static void check(Shape input, Struct request) {
        ConstraintCheck check = new ConstraintCheck();
        check.structure("", input, request);
        if (!check.breaches.isEmpty()) {
            int count = check.breaches.size();
            throw new ConstraintViolationException(count + " validation error" + (count > 1 ? "s" : "") + " detected: "
                    + String.join("; ", check.breaches));
        }
    }

    private void structure(String path, Shape shape, Struct struct) {
        for (Shape.Member member : shape.members().values()) {
            Object value = struct.get(member.name());
            String at = (path.isEmpty() ? "" : path + ".") + lowerFirst(member.name());
            if (value == null && member.required()) {
                breach(at, null, "Member must not be null");
            } else if (value != null) {
                value(at, member.shape(), value);
            }
        }
    }

    private void value(String path, Shape shape, Object value) {
        switch (shape.type()) {
            case STRING -> text(path, shape.constraints(), (String) value);
            case ENUM -> choice(path, shape.constraints(), (String) value);
            case INTEGER, LONG -> number(path, shape.constraints(), (Long) value);
            case LIST -> list(path, shape, (List<?>) value);
            case MAP -> map(path, shape, (Map<?, ?>) value);
            case STRUCTURE -> structure(path, shape, (Struct) value);
            default -> {
                // Booleans, blobs, doubles and attribute values have no constraints in the model.
            }
        }
    }

    private void text(String path, Shape.Constraints constraints, String value) {
        length(path, constraints, value.length(), value);
        if (constraints.pattern() != null
                && !constraints.pattern().matcher(value).matches()) {
            String pattern = constraints.pattern().pattern();
            breach(path, value, "Member must satisfy regular expression pattern: " + stripAnchors(pattern));
        }
    }

    private static String stripAnchors(String pattern) {
        return pattern.startsWith("^") && pattern.endsWith("$") ? pattern.substring(1, pattern.length() - 1) : pattern;
    }

    private void choice(String path, Shape.Constraints constraints, String value) {
        if (!constraints.choices().contains(value)) {
            breach(
                    path,
                    value,
                    "Member must satisfy enum value set: [" + String.join(", ", constraints.choices()) + "]");
        }
    }

    private void number(String path, Shape.Constraints constraints, long value) {
        if (constraints.rangeMin() != null && value < constraints.rangeMin()) {
            breach(path, value, "Member must have value greater than or equal to " + constraints.rangeMin());
        }
        if (constraints.rangeMax() != null && value > constraints.rangeMax()) {
            breach(path, value, "Member must have value less than or equal to " + constraints.rangeMax());
        }
    }

    private void list(String path, Shape shape, List<?> list) {
        length(path, shape.constraints(), list.size(), list);
        int position = 1;
        for (Object element : list) {
            value(path + "." + position++ + ".member", shape.element(), element);
        }
    }

    private void map(String path, Shape shape, Map<?, ?> map) {
        length(path, shape.constraints(), map.size(), map.keySet());
        if (shape.element().type() != Shape.Type.ATTRIBUTE_VALUE) {
            map.forEach((key, element) -> value(path + "." + key + ".member", shape.element(), element));
        }
    }

    private void length(String path, Shape.Constraints constraints, int length, Object shown) {
        if (constraints.lengthMin() != null && length < constraints.lengthMin()) {
            breach(path, shown, "Member must have length greater than or equal to " + constraints.lengthMin());
        }
        if (constraints.lengthMax() != null && length > constraints.lengthMax()) {
            breach(path, shown, "Member must have length less than or equal to " + constraints.lengthMax());
        }
    }

    private void breach(String path, @Nullable Object value, String rule) {
        if (breaches.size() < BREACHES_MAX) {
            String shown = value == null ? "null" : "'" + value + "'";
            breaches.add("Value " + shown + " at '" + path + "' failed to satisfy constraint: " + rule);
        }
    }

    private static String lowerFirst(String name) {
        return Character.toLowerCase(name.charAt(0)) + name.substring(1);
    }
}
