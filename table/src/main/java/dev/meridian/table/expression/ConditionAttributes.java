package dev.meridian.table.expression;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The attributes a condition looks at. */
public final class ConditionAttributes {

    private ConditionAttributes() {}

    /** Their names, in the order of the alphabet. */
    public static Set<String> of(Condition condition) {
        Set<String> names = new TreeSet<>();
        collect(condition, names);
        return names;
    }

    private static void collect(Condition condition, Set<String> names) {
        if (condition instanceof Condition.And and) {
            collect(and.left(), names);
            collect(and.right(), names);
        } else if (condition instanceof Condition.Or or) {
            collect(or.left(), names);
            collect(or.right(), names);
        } else if (condition instanceof Condition.Not not) {
            collect(not.condition(), names);
        } else if (condition instanceof Condition.Comparison comparison) {
            collect(List.of(comparison.left(), comparison.right()), names);
        } else if (condition instanceof Condition.Between between) {
            collect(List.of(between.value(), between.low(), between.high()), names);
        } else if (condition instanceof Condition.In in) {
            collect(List.of(in.value()), names);
            collect(in.choices(), names);
        } else if (condition instanceof Condition.Test test) {
            collect(test.arguments(), names);
        }
    }

    private static void collect(Collection<Operand> operands, Set<String> names) {
        for (Operand operand : operands) {
            if (operand instanceof Operand.AtPath at) {
                names.add(at.path().attribute());
            } else if (operand instanceof Operand.Call call) {
                collect(call.arguments(), names);
            }
        }
    }
}
