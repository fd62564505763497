package dev.meridian.table.operation;

import dev.meridian.table.expression.Condition;
import dev.meridian.table.expression.DocumentPath;
import dev.meridian.table.expression.Operand;
import dev.meridian.table.index.KeyTypes;
import dev.meridian.table.key.KeyEncoder;
import dev.meridian.table.model.ServiceException;
import dev.meridian.table.model.Struct;
import dev.meridian.table.value.AttributeValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Conditions from before there were expressions, as the trees that expressions become. */
final class LegacyConditions {

    private static final String INVALID = "One or more parameter values were invalid: ";
    private static final Set<String> ORDERED = Set.of("LE", "LT", "GE", "GT", "BETWEEN");
    private static final Set<String> KEY_OPERATORS = Set.of("EQ", "LE", "LT", "GE", "GT", "BETWEEN", "BEGINS_WITH");

    private LegacyConditions() {}

    /** {@code Expected}: null where nothing is expected. */
    static @Nullable Condition expected(Struct request) {
        Map<String, Struct> expected = request.map("Expected");
        List<Condition> conditions = new ArrayList<>();
        expected.forEach((attribute, part) -> conditions.add(expectation(attribute, part)));
        return join(conditions, "OR".equals(request.text("ConditionalOperator")));
    }

    /** {@code QueryFilter} or {@code ScanFilter}. */
    static @Nullable Condition filter(Struct request, String member) {
        return join(conditions(request.map(member)), "OR".equals(request.text("ConditionalOperator")));
    }

    /** {@code KeyConditions}. */
    static @Nullable Condition key(Struct request) {
        Map<String, Struct> parts = request.map("KeyConditions");
        List<Condition> conditions = conditions(parts);
        if (conditions.isEmpty() || conditions.size() > 2) {
            throw ServiceException.validation("Conditions can be of length 1 or 2 only");
        }
        for (Struct part : parts.values()) {
            if (!KEY_OPERATORS.contains(part.requiredText("ComparisonOperator"))) {
                throw ServiceException.validation("Attempted conditional constraint is not an indexable operation");
            }
        }
        return join(conditions, false);
    }

    private static List<Condition> conditions(Map<String, Struct> parts) {
        List<Condition> conditions = new ArrayList<>();
        parts.forEach((attribute, part) -> conditions.add(
                comparison(attribute, part.requiredText("ComparisonOperator"), values(part, "AttributeValueList"))));
        return conditions;
    }

    private static @Nullable Condition join(List<Condition> conditions, boolean any) {
        Condition joined = null;
        for (Condition next : conditions) {
            joined = joined == null ? next : any ? new Condition.Or(joined, next) : new Condition.And(joined, next);
        }
        return joined;
    }

    private static Condition expectation(String attribute, Struct part) {
        AttributeValue value = (AttributeValue) part.get("Value");
        boolean listed = part.has("AttributeValueList");
        String of = " for Attribute: " + attribute;
        if (listed && value != null) {
            throw invalid("Value and AttributeValueList cannot be used together" + of);
        }
        String operator = part.text("ComparisonOperator");
        if (operator == null) {
            return existence(attribute, part, value, listed);
        }
        if (part.has("Exists")) {
            throw invalid("Exists and ComparisonOperator cannot be used together" + of);
        }
        if (!listed && value == null && !operator.equals("NULL") && !operator.equals("NOT_NULL")) {
            throw invalid("Value or AttributeValueList must be used with ComparisonOperator: " + operator + of);
        }
        return comparison(attribute, operator, value != null ? List.of(value) : values(part, "AttributeValueList"));
    }

    private static Condition existence(String attribute, Struct part, @Nullable AttributeValue value, boolean listed) {
        String of = " for Attribute: " + attribute;
        if (listed) {
            throw invalid("AttributeValueList can only be used with a ComparisonOperator" + of);
        }
        boolean absent = part.has("Exists") && !part.flag("Exists");
        if (absent) {
            if (value != null) {
                throw invalid("Value cannot be used when Exists is false" + of);
            }
            return test("attribute_not_exists", attribute);
        }
        if (value == null) {
            throw invalid("Value must be provided when Exists is " + part.get("Exists") + of);
        }
        return new Condition.Comparison("=", path(attribute), new Operand.Literal(value));
    }

    @SuppressWarnings("unchecked")
    private static List<AttributeValue> values(Struct part, String member) {
        List<AttributeValue> values = (List<AttributeValue>) part.get(member);
        return values == null ? List.of() : values;
    }

    private static Condition comparison(String attribute, String operator, List<AttributeValue> values) {
        checkArguments(operator, values);
        Operand path = path(attribute);
        List<Operand> literals = new ArrayList<>(values.size());
        values.forEach(value -> literals.add(new Operand.Literal(value)));
        return switch (operator) {
            case "NULL" -> test("attribute_not_exists", attribute);
            case "NOT_NULL" -> test("attribute_exists", attribute);
            case "IN" -> new Condition.In(path, literals);
            case "BETWEEN" -> new Condition.Between(path, literals.get(0), literals.get(1));
            case "BEGINS_WITH" -> new Condition.Test("begins_with", List.of(path, literals.get(0)));
            case "CONTAINS" -> new Condition.Test("contains", List.of(path, literals.get(0)));
            // What is not there contains nothing, and does not fail to contain it either.
            case "NOT_CONTAINS" ->
                new Condition.And(
                        test("attribute_exists", attribute),
                        new Condition.Not(new Condition.Test("contains", List.of(path, literals.get(0)))));
            default -> new Condition.Comparison(symbol(operator), path, literals.get(0));
        };
    }

    private static String symbol(String operator) {
        return switch (operator) {
            case "EQ" -> "=";
            case "NE" -> "<>";
            case "LE" -> "<=";
            case "LT" -> "<";
            case "GE" -> ">=";
            case "GT" -> ">";
            default -> throw new IllegalStateException("not an operator of the model: " + operator);
        };
    }

    private static void checkArguments(String operator, List<AttributeValue> values) {
        boolean right = switch (operator) {
            case "NULL", "NOT_NULL" -> values.isEmpty();
            case "IN" -> !values.isEmpty();
            case "BETWEEN" -> values.size() == 2;
            default -> values.size() == 1;
        };
        if (!right) {
            throw invalid("Invalid number of argument(s) for the " + operator + " ComparisonOperator");
        }
        for (AttributeValue value : values) {
            if (value.getClass() != values.get(0).getClass()) {
                throw invalid("AttributeValues inside AttributeValueList must be of same type");
            }
            if (!takes(operator, value)) {
                throw invalid("ComparisonOperator " + operator + " is not valid for " + KeyTypes.name(value)
                        + " AttributeValue type");
            }
        }
        if (operator.equals("BETWEEN")
                && Arrays.compareUnsigned(KeyEncoder.encode(values.get(0)), KeyEncoder.encode(values.get(1))) > 0) {
            throw ServiceException.validation(
                    "The BETWEEN condition was provided a range where the lower bound is greater than the upper bound");
        }
    }

    private static boolean takes(String operator, AttributeValue value) {
        boolean text = value instanceof AttributeValue.S || value instanceof AttributeValue.B;
        if (operator.equals("BEGINS_WITH")) {
            return text;
        }
        if (ORDERED.contains(operator) || operator.equals("IN")) {
            return text || value instanceof AttributeValue.N;
        }
        if (operator.equals("CONTAINS") || operator.equals("NOT_CONTAINS")) {
            return text
                    || value instanceof AttributeValue.N
                    || value instanceof AttributeValue.Bool
                    || value instanceof AttributeValue.Null;
        }
        return true;
    }

    private static Operand path(String attribute) {
        return new Operand.AtPath(new DocumentPath(List.of(attribute)));
    }

    private static Condition test(String function, String attribute) {
        return new Condition.Test(function, List.of(path(attribute)));
    }

    private static ServiceException invalid(String text) {
        return ServiceException.validation(INVALID + text);
    }
}
