package dev.meridian.table.expression;

import dev.meridian.table.value.AttributeValue;
import dev.meridian.table.value.NumberText;
import dev.meridian.table.value.Utf8;
import java.util.stream.Collectors;

/** Comparing values, and showing them as the service does in its errors. */
final class Values {

    private Values() {}

    /** Whether two values are of one type that has an order: strings, numbers or binaries. */
    static boolean areOrdered(AttributeValue left, AttributeValue right) {
        return left.getClass() == right.getClass() && isOrdered(left);
    }

    static boolean isOrdered(AttributeValue value) {
        return value instanceof AttributeValue.S
                || value instanceof AttributeValue.N
                || value instanceof AttributeValue.B;
    }

    /** Compares two values of one ordered type. */
    static int compare(AttributeValue left, AttributeValue right) {
        if (left instanceof AttributeValue.S s) {
            return Utf8.ORDER.compare(s.value(), ((AttributeValue.S) right).value());
        }
        if (left instanceof AttributeValue.N n) {
            return n.value().compareTo(((AttributeValue.N) right).value());
        }
        return ((AttributeValue.B) left).value().compareTo(((AttributeValue.B) right).value());
    }

    /** The type in its letters. */
    static String typeName(AttributeValue value) {
        if (value instanceof AttributeValue.Bool) {
            return "BOOL";
        }
        return value instanceof AttributeValue.Null ? "NULL" : value.getClass().getSimpleName();
    }

    /** The type in words. */
    static String longTypeName(AttributeValue value) {
        return switch (typeName(value)) {
            case "S" -> "STRING";
            case "N" -> "NUMBER";
            case "B" -> "BINARY";
            case "SS" -> "STRING_SET";
            case "NS" -> "NUMBER_SET";
            case "BS" -> "BINARY_SET";
            case "M" -> "MAP";
            case "L" -> "LIST";
            case "BOOL" -> "BOOLEAN";
            default -> "NULL";
        };
    }

    /** As in {@code AttributeValue: {N:2}}. */
    static String show(AttributeValue value) {
        String text;
        if (value instanceof AttributeValue.S s) {
            text = s.value();
        } else if (value instanceof AttributeValue.N n) {
            text = NumberText.format(n.value());
        } else if (value instanceof AttributeValue.SS set) {
            text = set.values().stream().collect(Collectors.joining(", ", "[", "]"));
        } else {
            text = String.valueOf(value);
        }
        return "AttributeValue: {" + typeName(value) + ":" + text + "}";
    }
}
