package dev.meridian.table.partiql;

import dev.meridian.table.expression.Binder;
import dev.meridian.table.expression.Bindings;
import dev.meridian.table.expression.Condition;
import dev.meridian.table.expression.ExpressionKind;
import dev.meridian.table.expression.InvalidExpressionException;
import dev.meridian.table.expression.Operand;
import dev.meridian.table.value.AttributeValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.partiql.lang.domains.PartiqlAst;

/** From what follows {@code WHERE} to a condition. */
final class ConditionTranslator {

    private static final String NO_BOOLEAN = "WHERE clause must contain an expression that resolves to a boolean";
    private static final String NO_EXPRESSION = "The arguments to AND/OR must be Expressions";
    private static final String NOTHING_TO_NEGATE = "The argument to NOT must be a Type or Expression";
    private static final String NOT_COMPARED = "MISSING must be compared using IS operator";
    private static final String NO_LIST =
            "IN operator must have a left hand argument of type Variable Reference and right "
                    + "hand argument of type Seq with at least one member";
    private static final Map<String, Integer> TESTS = Map.of(
            "attribute_exists", 1, "attribute_not_exists", 1, "attribute_type", 2, "begins_with", 2, "contains", 2);
    private static final Map<Class<?>, String> TYPES = Map.of(
            PartiqlAst.Type.NullType.class, "NULL",
            PartiqlAst.Type.BooleanType.class, "BOOL",
            PartiqlAst.Type.BlobType.class, "B",
            PartiqlAst.Type.StringType.class, "S",
            PartiqlAst.Type.NumericType.class, "N",
            PartiqlAst.Type.StructType.class, "M",
            PartiqlAst.Type.TupleType.class, "M",
            PartiqlAst.Type.ListType.class, "L");

    private static final int OPERATORS_MAX = 300;
    private static final int CHOICES_MAX = 100;

    private final ValueTranslator values;
    private int operators;

    ConditionTranslator(ValueTranslator values) {
        this.values = values;
    }

    @Nullable
    Condition where(PartiqlAst.@Nullable Expr expression) {
        if (expression == null) {
            return null;
        }
        Bindings none = new Bindings(Map.of(), Map.of());
        return new Binder(none, ExpressionKind.STATEMENT).bind(condition(expression, NO_BOOLEAN));
    }

    /**
     * @param otherwise what is said where the expression is no condition
     */
    private Condition condition(PartiqlAst.Expr expression, String otherwise) {
        if (expression instanceof PartiqlAst.Expr.And and) {
            return joined(and.getOperands(), true);
        } else if (expression instanceof PartiqlAst.Expr.Or or) {
            return joined(or.getOperands(), false);
        }
        operator();
        if (expression instanceof PartiqlAst.Expr.Not not) {
            return negated(condition(not.getExpr(), NOTHING_TO_NEGATE));
        } else if (expression instanceof PartiqlAst.Expr.Eq equal) {
            return comparison("=", equal.getOperands());
        } else if (expression instanceof PartiqlAst.Expr.Ne unequal) {
            return comparison("<>", unequal.getOperands());
        } else if (expression instanceof PartiqlAst.Expr.Lt less) {
            return comparison("<", less.getOperands());
        } else if (expression instanceof PartiqlAst.Expr.Lte atMost) {
            return comparison("<=", atMost.getOperands());
        } else if (expression instanceof PartiqlAst.Expr.Gt greater) {
            return comparison(">", greater.getOperands());
        } else if (expression instanceof PartiqlAst.Expr.Gte atLeast) {
            return comparison(">=", atLeast.getOperands());
        } else if (expression instanceof PartiqlAst.Expr.Between between) {
            return new Condition.Between(
                    operand(between.getValue()), operand(between.getFrom()), operand(between.getTo()));
        } else if (expression instanceof PartiqlAst.Expr.InCollection in) {
            return in(in.getOperands());
        } else if (expression instanceof PartiqlAst.Expr.IsType is) {
            return is(is);
        } else if (expression instanceof PartiqlAst.Expr.Call call) {
            return test(call, otherwise);
        }
        if (Paths.isPath(expression) || ValueTranslator.isValue(expression)) {
            throw new InvalidExpressionException(otherwise);
        }
        if (expression instanceof PartiqlAst.Expr.Missing) {
            throw new InvalidExpressionException(NOT_COMPARED);
        }
        throw unsupported(expression);
    }

    private void operator() {
        if (++operators > OPERATORS_MAX) {
            throw new InvalidExpressionException(
                    "The expression contains too many operators; operator count: " + operators);
        }
    }

    private Condition joined(List<PartiqlAst.Expr> operands, boolean and) {
        Condition joined = condition(operands.get(0), NO_EXPRESSION);
        for (PartiqlAst.Expr operand : operands.subList(1, operands.size())) {
            operator();
            Condition next = condition(operand, NO_EXPRESSION);
            joined = and ? new Condition.And(joined, next) : new Condition.Or(joined, next);
        }
        return joined;
    }

    /** {@code IS NOT MISSING} is a test of its own. */
    private static Condition negated(Condition condition) {
        return condition instanceof Condition.Test test && test.function().equals("attribute_not_exists")
                ? new Condition.Test("attribute_exists", test.arguments())
                : new Condition.Not(condition);
    }

    private Condition comparison(String operator, List<PartiqlAst.Expr> operands) {
        return new Condition.Comparison(operator, operand(operands.get(0)), operand(operands.get(1)));
    }

    private Condition in(List<PartiqlAst.Expr> operands) {
        List<PartiqlAst.Expr> choices;
        if (operands.get(1) instanceof PartiqlAst.Expr.List list) {
            choices = list.getValues();
        } else if (operands.get(1) instanceof PartiqlAst.Expr.Bag bag) {
            choices = bag.getValues();
        } else {
            choices = List.of();
        }
        if (choices.isEmpty()) {
            throw new InvalidExpressionException(NO_LIST);
        }
        if (choices.size() > CHOICES_MAX) {
            throw new InvalidExpressionException(
                    "The IN operator is provided with too many operands; number of operands: " + choices.size());
        }
        return new Condition.In(operand(operands.get(0)), operands(choices));
    }

    private Condition is(PartiqlAst.Expr.IsType is) {
        Operand value = operand(is.getValue());
        if (is.getType() instanceof PartiqlAst.Type.MissingType) {
            return new Condition.Test("attribute_not_exists", List.of(requirePath(value, "attribute_not_exists")));
        }
        String type = TYPES.get(is.getType().getClass());
        if (type == null) {
            String name = is.getType().getClass().getSimpleName();
            throw Place.invalid(
                    "Unsupported data type for IS operator: "
                            + name.substring(0, name.length() - "Type".length()).toUpperCase(Locale.ROOT)
                            + ". Supported data types are [MISSING, NULL, BOOLEAN, BLOB, STRING, NUMERIC, STRUCT, TUPLE, LIST]",
                    is);
        }
        return new Condition.Test("attribute_type", List.of(value, new Operand.Literal(new AttributeValue.S(type))));
    }

    private Condition test(PartiqlAst.Expr.Call call, String otherwise) {
        String function = call.getFuncName().getText().toLowerCase(Locale.ROOT);
        Integer arity = TESTS.get(function);
        if (arity == null) {
            operand(call);
            throw new InvalidExpressionException(otherwise);
        }
        checkCount(function, arity, call);
        List<Operand> arguments = operands(call.getArgs());
        if (function.startsWith("attribute_")) {
            requirePath(arguments.get(0), function);
        }
        return new Condition.Test(function, arguments);
    }

    private static Operand requirePath(Operand operand, String function) {
        if (!(operand instanceof Operand.AtPath)) {
            throw new InvalidExpressionException(
                    "Operator or function requires a document path; operator or function: " + function);
        }
        return operand;
    }

    static void checkCount(String function, int arity, PartiqlAst.Expr.Call call) {
        if (call.getArgs().size() != arity) {
            throw new InvalidExpressionException(
                    "Incorrect number of operands for operator or function; operator or function: " + function
                            + ", number of operands: " + call.getArgs().size());
        }
    }

    private List<Operand> operands(List<PartiqlAst.Expr> expressions) {
        List<Operand> operands = new ArrayList<>(expressions.size());
        expressions.forEach(expression -> operands.add(operand(expression)));
        return operands;
    }

    private Operand operand(PartiqlAst.Expr expression) {
        if (Paths.isPath(expression)) {
            return new Operand.AtPath(Paths.path(expression));
        } else if (ValueTranslator.isValue(expression)) {
            return new Operand.Literal(values.value(expression));
        } else if (expression instanceof PartiqlAst.Expr.Call call) {
            return size(call);
        } else if (expression instanceof PartiqlAst.Expr.Missing) {
            throw new InvalidExpressionException(NOT_COMPARED);
        }
        throw unsupported(expression);
    }

    private Operand size(PartiqlAst.Expr.Call call) {
        String function = call.getFuncName().getText().toLowerCase(Locale.ROOT);
        if (function.equals("size")) {
            checkCount(function, 1, call);
            operator();
            return new Operand.Call("size", operands(call.getArgs()));
        }
        if (UpdateTranslator.FUNCTIONS.contains(function)) {
            throw new InvalidExpressionException(
                    "The function is not allowed in a condition expression; function: " + function);
        }
        if (TESTS.containsKey(function)) {
            throw new InvalidExpressionException(
                    "The function is not allowed to be used this way in an expression; function: " + function);
        }
        throw new InvalidExpressionException(
                "Unrecognized function: " + call.getFuncName().getText());
    }

    private static InvalidExpressionException unsupported(PartiqlAst.Expr expression) {
        return Operators.isOperator(expression)
                ? new InvalidExpressionException(
                        "Unsupported operator in Condition Expression. Operator: " + Operators.shown(expression))
                : Place.invalid("Unsupported token in expression: " + Operators.shown(expression), expression);
    }
}
