package dev.meridian.table.expression;

import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds key attributes in a filter, where a query may not have them. */
public final class KeyAttributesInFilter {

    private KeyAttributesInFilter() {}

    /** The first of the names that the condition mentions, or null. */
    public static @Nullable String first(Condition condition, Collection<String> names) {
        if (condition instanceof Condition.And and) {
            return either(first(and.left(), names), and.right(), names);
        } else if (condition instanceof Condition.Or or) {
            return either(first(or.left(), names), or.right(), names);
        } else if (condition instanceof Condition.Not not) {
            return first(not.condition(), names);
        } else if (condition instanceof Condition.Comparison comparison) {
            return in(List.of(comparison.left(), comparison.right()), names);
        } else if (condition instanceof Condition.Between between) {
            return in(List.of(between.value(), between.low(), between.high()), names);
        } else if (condition instanceof Condition.In in) {
            String found = in(List.of(in.value()), names);
            return found != null ? found : in(in.choices(), names);
        }
        return in(((Condition.Test) condition).arguments(), names);
    }

    private static @Nullable String either(@Nullable String found, Condition other, Collection<String> names) {
        return found != null ? found : first(other, names);
    }

    private static @Nullable String in(List<Operand> operands, Collection<String> names) {
        for (Operand operand : operands) {
            if (operand instanceof Operand.AtPath at && names.contains(at.path().attribute())) {
                return at.path().attribute();
            }
            String nested = operand instanceof Operand.Call call ? in(call.arguments(), names) : null;
            if (nested != null) {
                return nested;
            }
        }
        return null;
    }
}
