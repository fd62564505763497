package dev.meridian.table.expression;

import dev.meridian.table.value.AttributeValue;
import dev.meridian.table.value.Item;
import dev.meridian.table.value.Utf8;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whether an item meets a bound condition. What is not there compares with nothing: only {@code <>} holds. */
public final class ConditionEvaluator {

    private final @Nullable Item item;

    private ConditionEvaluator(@Nullable Item item) {
        this.item = item;
    }

    /** Whether the item (null: none) meets the condition. */
    public static boolean matches(Condition condition, @Nullable Item item) {
        return new ConditionEvaluator(item).matches(condition);
    }

    private boolean matches(Condition condition) {
        if (condition instanceof Condition.And and) {
            return matches(and.left()) && matches(and.right());
        } else if (condition instanceof Condition.Or or) {
            return matches(or.left()) || matches(or.right());
        } else if (condition instanceof Condition.Not not) {
            return !matches(not.condition());
        } else if (condition instanceof Condition.Comparison comparison) {
            return compare(comparison.operator(), value(comparison.left()), value(comparison.right()));
        } else if (condition instanceof Condition.Between between) {
            AttributeValue value = value(between.value());
            return compare(">=", value, value(between.low())) && compare("<=", value, value(between.high()));
        } else if (condition instanceof Condition.In in) {
            AttributeValue value = value(in.value());
            return in.choices().stream().anyMatch(choice -> compare("=", value, value(choice)));
        }
        return test((Condition.Test) condition);
    }

    private boolean test(Condition.Test test) {
        List<Operand> arguments = test.arguments();
        AttributeValue first = value(arguments.get(0));
        return switch (test.function()) {
            case "attribute_exists" -> first != null;
            case "attribute_not_exists" -> first == null;
            case "attribute_type" -> isOfType(first, value(arguments.get(1)));
            case "begins_with" -> beginsWith(first, value(arguments.get(1)));
            default -> contains(first, value(arguments.get(1)));
        };
    }

    private @Nullable AttributeValue value(Operand operand) {
        if (operand instanceof Operand.AtPath at) {
            return at.path().find(item);
        } else if (operand instanceof Operand.Literal literal) {
            return literal.value();
        } else if (operand instanceof Operand.Call call) {
            return size(value(call.arguments().get(0)));
        }
        throw new IllegalStateException("not an operand of a condition: " + operand);
    }

    private static @Nullable AttributeValue size(@Nullable AttributeValue value) {
        int size;
        if (value instanceof AttributeValue.S s) {
            size = Utf8.length(s.value());
        } else if (value instanceof AttributeValue.B b) {
            size = b.value().length();
        } else if (value instanceof AttributeValue.SS set) {
            size = set.values().size();
        } else if (value instanceof AttributeValue.NS set) {
            size = set.values().size();
        } else if (value instanceof AttributeValue.BS set) {
            size = set.values().size();
        } else if (value instanceof AttributeValue.M map) {
            size = map.entries().size();
        } else if (value instanceof AttributeValue.L list) {
            size = list.elements().size();
        } else {
            return null;
        }
        return new AttributeValue.N(BigDecimal.valueOf(size));
    }

    private static boolean compare(String operator, @Nullable AttributeValue left, @Nullable AttributeValue right) {
        if (left == null || right == null) {
            return operator.equals("<>");
        }
        if (operator.equals("=")) {
            return areEqual(left, right);
        }
        if (operator.equals("<>")) {
            return !areEqual(left, right);
        }
        if (!Values.areOrdered(left, right)) {
            return false;
        }
        int order = Values.compare(left, right);
        return switch (operator) {
            case "<" -> order < 0;
            case "<=" -> order <= 0;
            case ">" -> order > 0;
            default -> order >= 0;
        };
    }

    private static boolean areEqual(AttributeValue left, AttributeValue right) {
        if (left instanceof AttributeValue.N one && right instanceof AttributeValue.N two) {
            return one.value().compareTo(two.value()) == 0;
        }
        return left.equals(right);
    }

    private static boolean isOfType(@Nullable AttributeValue value, @Nullable AttributeValue type) {
        return value != null
                && type instanceof AttributeValue.S name
                && Values.typeName(value).equals(name.value());
    }

    private static boolean beginsWith(@Nullable AttributeValue value, @Nullable AttributeValue prefix) {
        if (value instanceof AttributeValue.S s && prefix instanceof AttributeValue.S start) {
            return s.value().startsWith(start.value());
        }
        return value instanceof AttributeValue.B b
                && prefix instanceof AttributeValue.B start
                && b.value().length() >= start.value().length()
                && Arrays.equals(
                        b.value().bytes(),
                        0,
                        start.value().length(),
                        start.value().bytes(),
                        0,
                        start.value().length());
    }

    private static boolean contains(@Nullable AttributeValue value, @Nullable AttributeValue part) {
        if (value == null || part == null) {
            return false;
        }
        if (value instanceof AttributeValue.S s) {
            return part instanceof AttributeValue.S piece && s.value().contains(piece.value());
        } else if (value instanceof AttributeValue.B b) {
            return part instanceof AttributeValue.B piece
                    && indexOf(b.value().bytes(), piece.value().bytes()) >= 0;
        } else if (value instanceof AttributeValue.SS set) {
            return part instanceof AttributeValue.S element && set.values().contains(element.value());
        } else if (value instanceof AttributeValue.NS set) {
            return part instanceof AttributeValue.N element && set.values().contains(element.value());
        } else if (value instanceof AttributeValue.BS set) {
            return part instanceof AttributeValue.B element && set.values().contains(element.value());
        } else if (value instanceof AttributeValue.L list) {
            return list.elements().stream().anyMatch(element -> areEqual(element, part));
        }
        return false;
    }

    private static int indexOf(byte[] bytes, byte[] part) {
        for (int i = 0; i + part.length <= bytes.length; i++) {
            if (Arrays.equals(bytes, i, i + part.length, part, 0, part.length)) {
                return i;
            }
        }
        return -1;
    }
}
