package dev.meridian.table.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Checks a request against the model's constraints, and reports up to ten breaches in the service's words. */
final class ConstraintCheck {

    private static final int BREACHES_MAX = 10;
    private static final int TABLE_NAME_LENGTH_MIN = 3;
    private static final int TABLE_NAME_LENGTH_MAX = 255;
    private static final Pattern TABLE_NAME = Pattern.compile("[a-zA-Z0-9_.-]+");
    /** Operations on tables say in words of their own that the name is missing. */
    private static final Set<String> CONTROL_INPUTS =
            Set.of("CreateTableInput", "DescribeTableInput", "UpdateTableInput", "DeleteTableInput");

    /** Of tags the service speaks in words of their own. */
    private static final Set<String> CHECKED_ELSEWHERE = Set.of("TagList", "TagKeyList");

    private final List<String> breaches = new ArrayList<>();

    private final boolean isAboutTables;

    private ConstraintCheck(boolean isAboutTables) {
        this.isAboutTables = isAboutTables;
    }

    static void check(Shape input, Struct request) {
        if (CONTROL_INPUTS.contains(input.name()) && !request.has("TableName")) {
            throw new ConstraintViolationException(
                    "The parameter 'TableName' is required but was not present in the request");
        }
        ConstraintCheck check = new ConstraintCheck(CONTROL_INPUTS.contains(input.name()));
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
            if (value != null) {
                value(within(path, member), member.shape(), value);
            } else if (member.required()) {
                breach(within(path, member), null, "Member must not be null");
            }
        }
    }

    private static String within(String path, Shape.Member member) {
        return path.isEmpty() ? member.shownName() : path + "." + member.shownName();
    }

    private void value(String path, Shape shape, Object value) {
        if (CHECKED_ELSEWHERE.contains(shape.name())) {
            return;
        }
        switch (shape.type()) {
            case STRING -> text(path, shape, (String) value);
            case ENUM -> choice(path, shape, (String) value);
            case INTEGER, LONG -> number(path, shape.constraints(), (Long) value);
            case LIST -> list(path, shape, (List<?>) value);
            case MAP -> map(path, shape, (Map<?, ?>) value);
            case STRUCTURE -> structure(path, shape, (Struct) value);
            default -> {
                // Booleans, blobs, doubles and attribute values have no constraints in the model.
            }
        }
    }

    private void text(String path, Shape shape, String value) {
        Shape.Constraints constraints = shape.constraints();
        length(path, shape, value.length(), value);
        if (path.equals("tableName") && shape.name().equals("TableArn")) {
            tableName(path, value);
        }
        if (constraints.pattern() != null
                && !constraints.pattern().matcher(value).matches()) {
            String pattern = constraints.pattern().pattern();
            breach(path, value, "Member must satisfy regular expression pattern: " + stripAnchors(pattern));
        }
    }

    /** The model allows any ARN in the place of a name; what is no ARN the service still checks as a name. */
    private void tableName(String path, String value) {
        if (value.isEmpty() || value.startsWith("arn:")) {
            return;
        }
        if (isAboutTables && value.length() < TABLE_NAME_LENGTH_MIN) {
            breach(path, value, "Member must have length greater than or equal to " + TABLE_NAME_LENGTH_MIN);
        }
        if (value.length() > TABLE_NAME_LENGTH_MAX) {
            breach(path, value, "Member must have length less than or equal to " + TABLE_NAME_LENGTH_MAX);
        }
        if (!TABLE_NAME.matcher(value).matches()) {
            breach(path, value, "Member must satisfy regular expression pattern: " + TABLE_NAME.pattern());
        }
    }

    private static String stripAnchors(String pattern) {
        return pattern.startsWith("^") && pattern.endsWith("$") ? pattern.substring(1, pattern.length() - 1) : pattern;
    }

    private void choice(String path, Shape shape, String value) {
        List<String> choices = shape.constraints().choices();
        if (!choices.contains(value) && shape.name().equals("TableClass")) {
            throw new ConstraintViolationException(
                    "Invalid table-class parameter provided. Please try again with a valid table-class value: ["
                            + String.join(", ", choices) + "].");
        }
        if (!choices.contains(value)) {
            breach(
                    path,
                    value,
                    "Member must satisfy enum value set: ["
                            + String.join(", ", EnumOrder.ofService(shape.name(), choices)) + "]");
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
        length(path, shape, list.size(), list);
        int position = 1;
        for (Object element : list) {
            value(path + "." + position++ + ".member", shape.element(), element);
        }
    }

    private void map(String path, Shape shape, Map<?, ?> map) {
        length(path, shape, map.size(), map);
        Shape element = shape.element();
        if (element.type() == Shape.Type.ATTRIBUTE_VALUE) {
            return;
        }
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            Shape.Constraints constraints = element.constraints();
            if (entry.getValue() instanceof List<?> list && !isWithin(constraints, list.size())) {
                breach(
                        path,
                        ShownValue.of(shape, map),
                        "Map value must satisfy constraint: [Member must have length less than or equal to "
                                + constraints.lengthMax() + ", Member must have length greater than or equal to "
                                + constraints.lengthMin() + "]");
                return;
            }
            value(path + "." + entry.getKey() + ".member", element, entry.getValue());
        }
    }

    private static boolean isWithin(Shape.Constraints constraints, int length) {
        return (constraints.lengthMin() == null || length >= constraints.lengthMin())
                && (constraints.lengthMax() == null || length <= constraints.lengthMax());
    }

    private void length(String path, Shape shape, int length, Object value) {
        Shape.Constraints constraints = shape.constraints();
        if (constraints.lengthMin() != null && length < constraints.lengthMin()) {
            breach(
                    path,
                    ShownValue.of(shape, value),
                    "Member must have length greater than or equal to " + constraints.lengthMin());
        }
        if (constraints.lengthMax() != null && length > constraints.lengthMax()) {
            breach(
                    path,
                    ShownValue.of(shape, value),
                    "Member must have length less than or equal to " + constraints.lengthMax());
        }
    }

    private void breach(String path, @Nullable Object value, String rule) {
        if (breaches.size() < BREACHES_MAX) {
            String shown = value == null ? "null" : "'" + value + "'";
            breaches.add("Value " + shown + " at '" + path + "' failed to satisfy constraint: " + rule);
        }
    }
}
