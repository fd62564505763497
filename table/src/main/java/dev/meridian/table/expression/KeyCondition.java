package dev.meridian.table.expression;

import dev.meridian.table.value.AttributeValue;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a key condition expression says of one key attribute.
 *
 * @param operator a comparator, {@code BETWEEN} or {@code begins_with}
 * @param upper the upper bound of BETWEEN, else null
 */
public record KeyCondition(
        String attribute,
        String operator,
        AttributeValue value,
        @Nullable AttributeValue upper) {

    private static final ExpressionKind KIND = ExpressionKind.KEY_CONDITION;

    /** Takes a bound condition apart, which must be a conjunction of simple conditions. */
    public static List<KeyCondition> partsOf(Condition condition) {
        List<KeyCondition> parts = new ArrayList<>();
        collect(condition, parts);
        return parts;
    }

    private static void collect(Condition condition, List<KeyCondition> parts) {
        if (condition instanceof Condition.And and) {
            collect(and.left(), parts);
            collect(and.right(), parts);
        } else if (condition instanceof Condition.Comparison comparison) {
            parts.add(comparison(comparison));
        } else if (condition instanceof Condition.Between between) {
            parts.add(new KeyCondition(
                    attribute(between.value()), "BETWEEN", literal(between.low()), literal(between.high())));
        } else if (condition instanceof Condition.Test test && test.function().equals("begins_with")) {
            parts.add(new KeyCondition(
                    attribute(test.arguments().get(0)),
                    "begins_with",
                    literal(test.arguments().get(1)),
                    null));
        } else {
            throw KIND.invalid("Invalid operator used in KeyConditionExpression: " + operatorOf(condition));
        }
    }

    private static KeyCondition comparison(Condition.Comparison comparison) {
        if (comparison.operator().equals("<>")) {
            throw KIND.invalid("Invalid operator used in KeyConditionExpression: <>");
        }
        if (comparison.left() instanceof Operand.Literal && comparison.right() instanceof Operand.AtPath) {
            return new KeyCondition(
                    attribute(comparison.right()), mirrored(comparison.operator()), literal(comparison.left()), null);
        }
        return new KeyCondition(attribute(comparison.left()), comparison.operator(), literal(comparison.right()), null);
    }

    private static String mirrored(String operator) {
        return switch (operator) {
            case "<" -> ">";
            case "<=" -> ">=";
            case ">" -> "<";
            case ">=" -> "<=";
            default -> operator;
        };
    }

    private static String attribute(Operand operand) {
        if (operand instanceof Operand.AtPath at && at.path().isTopLevel()) {
            return at.path().attribute();
        }
        if (operand instanceof Operand.AtPath) {
            throw KIND.invalid("KeyConditionExpressions cannot have conditions on nested attributes");
        }
        throw KIND.invalid("Invalid condition in KeyConditionExpression: "
                + (operand instanceof Operand.Call
                        ? "size operator must have one key attribute"
                        : "No key attribute specified"));
    }

    private static AttributeValue literal(Operand operand) {
        if (operand instanceof Operand.Literal literal) {
            return literal.value();
        }
        throw KIND.invalid(
                "Invalid condition in KeyConditionExpression: Multiple attribute names used in one condition");
    }

    private static String operatorOf(Condition condition) {
        if (condition instanceof Condition.Or) {
            return "OR";
        } else if (condition instanceof Condition.Not) {
            return "NOT";
        } else if (condition instanceof Condition.In) {
            return "IN";
        }
        return condition instanceof Condition.Test test ? test.function() : "AND";
    }
}
