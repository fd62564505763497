package dev.meridian.table.partiql;

import dev.meridian.table.expression.Binder;
import dev.meridian.table.expression.Bindings;
import dev.meridian.table.expression.DocumentPath;
import dev.meridian.table.expression.ExpressionKind;
import dev.meridian.table.expression.InvalidExpressionException;
import dev.meridian.table.expression.Operand;
import dev.meridian.table.expression.Update;
import dev.meridian.table.value.AttributeValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.partiql.lang.domains.PartiqlAst;

/** From {@code SET} and {@code REMOVE} clauses to an update. */
final class UpdateTranslator {

    static final Set<String> FUNCTIONS = Set.of("list_append", "if_not_exists", "set_add", "set_delete");
    private static final Set<String> CONDITION_FUNCTIONS =
            Set.of("size", "attribute_exists", "attribute_not_exists", "attribute_type", "begins_with", "contains");

    private final ValueTranslator values;

    UpdateTranslator(ValueTranslator values) {
        this.values = values;
    }

    Update update(List<PartiqlAst.DmlOp> clauses) {
        List<Update.Action> actions = new ArrayList<>();
        for (PartiqlAst.DmlOp clause : clauses) {
            if (clause instanceof PartiqlAst.DmlOp.Set set) {
                actions.add(assignment(set.getAssignment()));
            } else if (clause instanceof PartiqlAst.DmlOp.Remove remove) {
                actions.add(new Update.Remove(Paths.path(remove.getTarget())));
            } else {
                throw new InvalidExpressionException("Unsupported operation: " + Operators.kind(clause));
            }
        }
        Bindings none = new Bindings(Map.of(), Map.of());
        return new Binder(none, ExpressionKind.STATEMENT).bind(new Update(actions));
    }

    private Update.Action assignment(PartiqlAst.Assignment assignment) {
        DocumentPath path = Paths.path(assignment.getTarget());
        if (assignment.getValue() instanceof PartiqlAst.Expr.Call call) {
            String function = call.getFuncName().getText().toLowerCase(Locale.ROOT);
            if (function.equals("set_add")) {
                return new Update.Add(path, elements(path, call, function));
            } else if (function.equals("set_delete")) {
                return new Update.Delete(path, elements(path, call, function));
            }
        }
        return new Update.Set(path, operand(assignment.getValue()));
    }

    /** What goes into or out of a set; these functions assign to the set they take. */
    private Operand elements(DocumentPath path, PartiqlAst.Expr.Call call, String function) {
        String name = function.toUpperCase(Locale.ROOT);
        if (call.getArgs().size() != 2) {
            throw Place.invalid(name + " must have exactly two arguments", call);
        }
        PartiqlAst.Expr target = call.getArgs().get(0);
        if (!Paths.isPath(target) || !Paths.path(target).equals(path)) {
            throw new InvalidExpressionException("The first argument to " + name + " must equal the assignment value");
        }
        PartiqlAst.Expr elements = call.getArgs().get(1);
        AttributeValue value = ValueTranslator.isValue(elements) ? values.value(elements) : null;
        if (!(value instanceof AttributeValue.SS
                || value instanceof AttributeValue.NS
                || value instanceof AttributeValue.BS)) {
            throw Place.invalid("The second argument to " + name + " must be a value with type SET", target);
        }
        return new Operand.Literal(value);
    }

    private Operand operand(PartiqlAst.Expr expression) {
        if (Paths.isPath(expression)) {
            return new Operand.AtPath(Paths.path(expression));
        } else if (ValueTranslator.isValue(expression)) {
            return new Operand.Literal(values.value(expression));
        } else if (expression instanceof PartiqlAst.Expr.Plus sum) {
            return arithmetic("+", sum.getOperands());
        } else if (expression instanceof PartiqlAst.Expr.Minus difference) {
            return arithmetic("-", difference.getOperands());
        } else if (expression instanceof PartiqlAst.Expr.Call call) {
            return call(call);
        } else if (expression instanceof PartiqlAst.Expr.Missing) {
            throw new InvalidExpressionException("MISSING must be compared using IS operator");
        }
        if (Operators.isOperator(expression)) {
            throw new InvalidExpressionException(
                    "Unsupported operator in Update Expression. Operator: " + Operators.shown(expression));
        }
        throw Place.invalid("Unsupported token in expression: " + Operators.shown(expression), expression);
    }

    private Operand arithmetic(String operator, List<PartiqlAst.Expr> operands) {
        if (operands.size() != 2) {
            throw new InvalidExpressionException(
                    "Incorrect number of operands for operator or function; operator or function: " + operator
                            + ", number of operands: " + operands.size());
        }
        return new Operand.Arithmetic(operator, operand(operands.get(0)), operand(operands.get(1)));
    }

    private Operand call(PartiqlAst.Expr.Call call) {
        String function = call.getFuncName().getText().toLowerCase(Locale.ROOT);
        if (CONDITION_FUNCTIONS.contains(function)) {
            throw new InvalidExpressionException(
                    "The function is not allowed in an update expression; function: " + function);
        }
        if (!function.equals("list_append") && !function.equals("if_not_exists")) {
            throw new InvalidExpressionException(
                    "Unrecognized function: " + call.getFuncName().getText());
        }
        ConditionTranslator.checkCount(function, 2, call);
        Operand first = operand(call.getArgs().get(0));
        if (function.equals("if_not_exists") && !(first instanceof Operand.AtPath)) {
            throw new InvalidExpressionException(
                    "Operator or function requires a document path; operator or function: " + function);
        }
        return new Operand.Call(function, List.of(first, operand(call.getArgs().get(1))));
    }
}
