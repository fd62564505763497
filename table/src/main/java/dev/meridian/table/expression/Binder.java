package dev.meridian.table.expression;

import dev.meridian.table.value.AttributeValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Replaces the references in a tree by a request's names and values, and checks what can be checked without an item. */
public final class Binder {

    /** The type that size() has. */
    private static final String SIZE_TYPE = "N";

    /** What the service says of an attribute's type, which it does not know. */
    private static final String ANY_TYPE = "{NS,SS,L,BS,N,M,B,BOOL,NULL,S}";

    private static final Set<String> TYPE_NAMES = Set.of("S", "N", "B", "SS", "NS", "BS", "M", "L", "BOOL", "NULL");

    private final Bindings bindings;
    private final ExpressionKind kind;

    public Binder(Bindings bindings, ExpressionKind kind) {
        this.bindings = bindings;
        this.kind = kind;
    }

    /** Binds a condition. */
    public Condition bind(Condition condition) {
        if (condition instanceof Condition.And and) {
            return new Condition.And(bind(and.left()), bind(and.right()));
        } else if (condition instanceof Condition.Or or) {
            return new Condition.Or(bind(or.left()), bind(or.right()));
        } else if (condition instanceof Condition.Not not) {
            return new Condition.Not(bind(not.condition()));
        } else if (condition instanceof Condition.Comparison comparison) {
            return comparison(comparison);
        } else if (condition instanceof Condition.Between between) {
            return between(between);
        } else if (condition instanceof Condition.In in) {
            return in(in);
        }
        return test((Condition.Test) condition);
    }

    /** Binds an update, and refuses paths that overlap. */
    public Update bind(Update update) {
        List<Update.Action> bound = new ArrayList<>();
        for (Update.Action action : update.actions()) {
            bound.add(bind(action));
        }
        for (int i = 0; i < bound.size(); i++) {
            for (int j = i + 1; j < bound.size(); j++) {
                checkApart(bound.get(i).path(), bound.get(j).path());
            }
        }
        return new Update(bound);
    }

    /** Binds a projection, and refuses paths that overlap. */
    public List<DocumentPath> bind(List<DocumentPath> paths) {
        List<DocumentPath> bound = new ArrayList<>();
        for (DocumentPath path : paths) {
            bound.add(path.bind(bindings, kind));
        }
        for (int i = 0; i < bound.size(); i++) {
            for (int j = i + 1; j < bound.size(); j++) {
                checkApart(bound.get(i), bound.get(j));
            }
        }
        return bound;
    }

    private void checkApart(DocumentPath one, DocumentPath two) {
        if (one.overlaps(two)) {
            throw kind.invalid("Two document paths overlap with each other; must remove or rewrite one of these paths; "
                    + "path one: " + one + ", path two: " + two);
        }
        if (one.conflicts(two)) {
            throw kind.invalid(
                    "Two document paths conflict with each other; must remove or rewrite one of these paths; "
                            + "path one: " + one + ", path two: " + two);
        }
    }

    private Operand bind(Operand operand) {
        if (operand instanceof Operand.AtPath at) {
            return new Operand.AtPath(at.path().bind(bindings, kind));
        } else if (operand instanceof Operand.Value value) {
            return new Operand.Literal(bindings.value(value.reference(), kind));
        } else if (operand instanceof Operand.Call call) {
            return call(new Operand.Call(call.function(), bindAll(call.arguments())));
        } else if (operand instanceof Operand.Arithmetic sum) {
            Operand left = bind(sum.left());
            Operand right = bind(sum.right());
            requireType(left, sum.operator(), AttributeValue.N.class);
            requireType(right, sum.operator(), AttributeValue.N.class);
            return new Operand.Arithmetic(sum.operator(), left, right);
        }
        return operand;
    }

    private List<Operand> bindAll(List<Operand> operands) {
        List<Operand> bound = new ArrayList<>(operands.size());
        for (Operand operand : operands) {
            bound.add(bind(operand));
        }
        return bound;
    }

    private Operand call(Operand.Call call) {
        if (call.function().equals("if_not_exists")) {
            requireDistinct(
                    call.function(),
                    call.arguments().get(0),
                    call.arguments().subList(1, call.arguments().size()));
        } else if (call.function().equals("list_append")) {
            requireType(call.arguments().get(0), "list_append", AttributeValue.L.class);
            requireType(call.arguments().get(1), "list_append", AttributeValue.L.class);
        } else if (call.function().equals("size") && call.arguments().get(0) instanceof Operand.Call) {
            throw wrongType("size", SIZE_TYPE);
        } else if (call.function().equals("size")
                && call.arguments().get(0) instanceof Operand.Literal literal
                && (literal.value() instanceof AttributeValue.N
                        || literal.value() instanceof AttributeValue.Bool
                        || literal.value() instanceof AttributeValue.Null)) {
            throw wrongType("size", literal.value());
        }
        return call;
    }

    private Condition comparison(Condition.Comparison comparison) {
        Operand left = bind(comparison.left());
        Operand right = bind(comparison.right());
        requireDistinct(comparison.operator(), left, List.of(right));
        if (!comparison.operator().equals("=") && !comparison.operator().equals("<>")) {
            requireOrdered(left, comparison.operator());
            requireOrdered(right, comparison.operator());
        }
        return new Condition.Comparison(comparison.operator(), left, right);
    }

    private Condition in(Condition.In in) {
        Operand value = bind(in.value());
        List<Operand> choices = bindAll(in.choices());
        requireDistinct("IN", value, choices);
        return new Condition.In(value, choices);
    }

    private Condition between(Condition.Between between) {
        Operand value = bind(between.value());
        Operand low = bind(between.low());
        Operand high = bind(between.high());
        requireDistinct("BETWEEN", value, List.of(low, high));
        requireOrdered(low, "BETWEEN");
        requireOrdered(high, "BETWEEN");
        if (low instanceof Operand.Literal from && high instanceof Operand.Literal to) {
            if (from.value().getClass() != to.value().getClass()) {
                throw kind.invalid("The BETWEEN operator requires same data type for lower and upper bounds; "
                        + "lower bound operand: " + Values.show(from.value()) + ", upper bound operand: "
                        + Values.show(to.value()));
            }
            if (Values.compare(from.value(), to.value()) > 0) {
                throw kind.invalid(
                        "The BETWEEN operator requires upper bound to be greater than or equal to lower bound; "
                                + "lower bound operand: " + Values.show(from.value()) + ", upper bound operand: "
                                + Values.show(to.value()));
            }
        }
        return new Condition.Between(value, low, high);
    }

    private Condition test(Condition.Test test) {
        List<Operand> arguments = bindAll(test.arguments());
        requireDistinct(test.function(), arguments.get(0), arguments.subList(1, arguments.size()));
        if (test.function().equals("attribute_type")) {
            checkTypeName(arguments.get(1));
        } else if (test.function().equals("begins_with")) {
            for (Operand argument : arguments) {
                if (argument instanceof Operand.Literal literal
                        && !(literal.value() instanceof AttributeValue.S)
                        && !(literal.value() instanceof AttributeValue.B)) {
                    throw wrongType("begins_with", literal.value());
                } else if (argument instanceof Operand.Call) {
                    throw wrongType("begins_with", SIZE_TYPE);
                }
            }
        }
        return new Condition.Test(test.function(), arguments);
    }

    private void requireDistinct(String operator, Operand first, List<Operand> others) {
        if (first instanceof Operand.AtPath at && others.contains(first)) {
            throw kind.invalid("The first operand must be distinct from the remaining operands for this operator or "
                    + "function; operator: " + operator + ", first operand: " + at.path());
        }
    }

    private void checkTypeName(Operand operand) {
        if (!(operand instanceof Operand.Literal literal)) {
            throw wrongType("attribute_type", operand instanceof Operand.Call ? SIZE_TYPE : ANY_TYPE);
        }
        if (!(literal.value() instanceof AttributeValue.S name)) {
            throw wrongType("attribute_type", literal.value());
        }
        if (!TYPE_NAMES.contains(name.value())) {
            throw kind.invalid("Invalid attribute type name found; type: " + name.value()
                    + ", valid types: {B,NULL,SS,BOOL,L,BS,N,NS,S,M}");
        }
    }

    private Update.Action bind(Update.Action action) {
        DocumentPath path = action.path().bind(bindings, kind);
        if (action instanceof Update.Set set) {
            return new Update.Set(path, bind(set.value()));
        } else if (action instanceof Update.Add add) {
            Operand value = bind(add.value());
            if (value instanceof Operand.Literal literal
                    && !(literal.value() instanceof AttributeValue.N)
                    && !isSet(literal.value())) {
                throw wrongSectionType("ADD", literal.value());
            }
            return new Update.Add(path, value);
        } else if (action instanceof Update.Delete delete) {
            Operand value = bind(delete.value());
            if (value instanceof Operand.Literal literal && !isSet(literal.value())) {
                throw wrongSectionType("DELETE", literal.value());
            }
            return new Update.Delete(path, value);
        }
        return new Update.Remove(path);
    }

    private static boolean isSet(AttributeValue value) {
        return value instanceof AttributeValue.SS
                || value instanceof AttributeValue.NS
                || value instanceof AttributeValue.BS;
    }

    private void requireOrdered(Operand operand, String operator) {
        if (operand instanceof Operand.Literal literal && !Values.isOrdered(literal.value())) {
            throw wrongType(operator, literal.value());
        }
    }

    private void requireType(Operand operand, String operator, Class<? extends AttributeValue> type) {
        if (operand instanceof Operand.Literal literal && !type.isInstance(literal.value())) {
            throw wrongType(operator, literal.value());
        }
    }

    private InvalidExpressionException wrongType(String operator, AttributeValue value) {
        return wrongType(operator, Values.typeName(value));
    }

    private InvalidExpressionException wrongType(String operator, String type) {
        return kind.invalid("Incorrect operand type for operator or function; operator or function: " + operator
                + ", operand type: " + type);
    }

    private InvalidExpressionException wrongSectionType(String section, AttributeValue value) {
        return kind.invalid("Incorrect operand type for operator or function; operator: " + section
                + ", operand type: " + Values.longTypeName(value) + ", typeSet: "
                + (section.equals("ADD") ? "ALLOWED_FOR_ADD_OPERAND" : "ALLOWED_FOR_DELETE_OPERAND"));
    }
}
