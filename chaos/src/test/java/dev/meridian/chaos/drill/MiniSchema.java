package dev.meridian.chaos.drill;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** As much of JSON Schema as the drill schema uses; a keyword it does not know is an error. */
final class MiniSchema {

    private static final Set<String> SAYS_NOTHING = Set.of("$schema", "$defs", "title", "description");

    private final Map<String, Object> root;

    MiniSchema(Map<String, Object> root) {
        this.root = root;
    }

    /** What is wrong with a value; empty: nothing. */
    List<String> errors(Object value) {
        List<String> errors = new ArrayList<>();
        check("$", root, value, errors);
        return errors;
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> object(@Nullable Object value) {
        return (Map<String, Object>) Objects.requireNonNull(value);
    }

    @SuppressWarnings("unchecked")
    static List<Object> list(@Nullable Object value) {
        return (List<Object>) Objects.requireNonNull(value);
    }

    private void check(String path, Map<String, Object> schema, Object value, List<String> errors) {
        schema.forEach((keyword, argument) -> {
            boolean holds = SAYS_NOTHING.contains(keyword) || holds(path, schema, keyword, argument, value, errors);
            if (!holds) {
                errors.add(path + ": " + keyword + " " + argument + " does not hold for " + value);
            }
        });
    }

    private boolean holds(
            String path,
            Map<String, Object> schema,
            String keyword,
            Object argument,
            Object value,
            List<String> errors) {
        switch (keyword) {
            case "$ref" -> {
                String name = argument.toString().replace("#/$defs/", "");
                check(path, object(object(root.get("$defs")).get(name)), value, errors);
                return true;
            }
            case "type" -> {
                List<Object> types = argument instanceof List ? list(argument) : List.of(argument);
                return types.stream().anyMatch(type -> is(type.toString(), value));
            }
            case "const" -> {
                return argument.equals(value);
            }
            case "enum" -> {
                return list(argument).contains(value);
            }
            case "pattern" -> {
                return !(value instanceof String text)
                        || java.util.regex.Pattern.compile(argument.toString())
                                .matcher(text)
                                .find();
            }
            case "minimum" -> {
                return !(value instanceof Number number) || number.doubleValue() >= ((Number) argument).doubleValue();
            }
            case "maximum" -> {
                return !(value instanceof Number number) || number.doubleValue() <= ((Number) argument).doubleValue();
            }
            case "minItems" -> {
                return !(value instanceof List<?> items) || items.size() >= ((Number) argument).intValue();
            }
            case "items" -> {
                if (value instanceof List) {
                    list(value).forEach(item -> check(path + "[]", object(argument), item, errors));
                }
                return true;
            }
            case "properties" -> {
                if (value instanceof Map) {
                    object(argument).forEach((key, inner) -> {
                        if (object(value).containsKey(key)) {
                            check(
                                    path + "." + key,
                                    object(inner),
                                    Objects.requireNonNull(object(value).get(key)),
                                    errors);
                        }
                    });
                }
                return true;
            }
            case "required" -> {
                return !(value instanceof Map) || object(value).keySet().containsAll(list(argument));
            }
            case "additionalProperties" -> {
                return !(value instanceof Map)
                        || object(schema.get("properties"))
                                .keySet()
                                .containsAll(object(value).keySet());
            }
            case "anyOf" -> {
                return fitting(argument, value) >= 1;
            }
            case "oneOf" -> {
                return fitting(argument, value) == 1;
            }
            default -> throw new AssertionError("the test does not know the keyword " + keyword);
        }
    }

    private long fitting(Object schemas, Object value) {
        return list(schemas).stream()
                .filter(schema -> {
                    List<String> errors = new ArrayList<>();
                    check("", object(schema), value, errors);
                    return errors.isEmpty();
                })
                .count();
    }

    private static boolean is(String type, Object value) {
        return switch (type) {
            case "object" -> value instanceof Map;
            case "array" -> value instanceof List;
            case "string" -> value instanceof String;
            case "integer" -> value instanceof Integer || value instanceof Long;
            case "boolean" -> value instanceof Boolean;
            case "number" -> value instanceof Number;
            default -> throw new AssertionError("the test does not know the type " + type);
        };
    }
}
