package dev.meridian.table.expression;

import java.util.ArrayList;
import java.util.List;

/** Finds what a bound condition speaks of. */
public final class ConditionPaths {

    private final List<DocumentPath> paths = new ArrayList<>();

    private ConditionPaths() {}

    /** Every path in the condition, in its order. */
    public static List<DocumentPath> of(Condition condition) {
        ConditionPaths found = new ConditionPaths();
        found.add(condition);
        return found.paths;
    }

    private void add(Condition condition) {
        if (condition instanceof Condition.And and) {
            add(and.left());
            add(and.right());
        } else if (condition instanceof Condition.Or or) {
            add(or.left());
            add(or.right());
        } else if (condition instanceof Condition.Not not) {
            add(not.condition());
        } else if (condition instanceof Condition.Comparison comparison) {
            add(comparison.left());
            add(comparison.right());
        } else if (condition instanceof Condition.Between between) {
            add(between.value());
            add(between.low());
            add(between.high());
        } else if (condition instanceof Condition.In in) {
            add(in.value());
            in.choices().forEach(this::add);
        } else {
            ((Condition.Test) condition).arguments().forEach(this::add);
        }
    }

    private void add(Operand operand) {
        if (operand instanceof Operand.AtPath at) {
            paths.add(at.path());
        } else if (operand instanceof Operand.Call call) {
            call.arguments().forEach(this::add);
        }
    }
}
