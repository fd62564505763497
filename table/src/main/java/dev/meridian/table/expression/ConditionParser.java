package dev.meridian.table.expression;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads conditions. A parenthesis may hold a condition or an operand of one, which only what follows it tells: so everything here gives
 * either, and whoever needs a condition asks for one.
 */
final class ConditionParser {

    /** Functions that are conditions, with how many operands each takes. */
    static final Map<String, Integer> TESTS = Map.of(
            "attribute_exists", 1,
            "attribute_not_exists", 1,
            "attribute_type", 2,
            "begins_with", 2,
            "contains", 2);

    private static final int IN_OPERANDS_MAX = 100;
    private static final Set<String> COMPARATORS = Set.of("=", "<>", "<", "<=", ">", ">=");
    private static final Set<String> OF_UPDATES = Set.of("if_not_exists", "list_append");
    private static final Set<String> OF_PATHS = Set.of("attribute_exists", "attribute_not_exists");

    /** A condition or an operand. */
    private record Part(Object content) {}

    private final TokenCursor cursor;
    private final OperandParser operands;

    ConditionParser(TokenCursor cursor) {
        this.cursor = cursor;
        this.operands = new OperandParser(cursor);
    }

    Condition condition() {
        return condition(or());
    }

    private Condition condition(Part part) {
        if (part.content() instanceof Condition condition) {
            return condition;
        }
        if (part.content() instanceof Operand.Call call) {
            misused(call.function());
            return new Condition.Test("attribute_exists", call.arguments());
        }
        throw cursor.syntaxError();
    }

    private Part or() {
        Part left = and();
        while (cursor.peek().isWord("OR")) {
            Condition first = condition(left);
            cursor.advance();
            cursor.operator();
            left = new Part(new Condition.Or(first, condition(and())));
        }
        return left;
    }

    private Part and() {
        Part left = not();
        while (cursor.peek().isWord("AND")) {
            Condition first = condition(left);
            cursor.advance();
            cursor.operator();
            left = new Part(new Condition.And(first, condition(not())));
        }
        return left;
    }

    private Part not() {
        if (!cursor.peek().isWord("NOT")) {
            return primary();
        }
        cursor.deeper();
        cursor.advance();
        cursor.operator();
        Condition negated = new Condition.Not(condition(not()));
        cursor.shallower();
        return new Part(negated);
    }

    private Part primary() {
        boolean isTest = cursor.isCall() && !cursor.peek().text().equals("size");
        Part left = isTest ? new Part(test()) : cursor.peek().is("(") ? parenthesized() : new Part(operands.operand());
        if (left.content() instanceof Condition.Test test && isOperator(cursor.peek())) {
            misused(test.function());
            return comparison(new Operand.Call(test.function(), test.arguments()));
        }
        return left.content() instanceof Operand operand ? comparison(operand) : left;
    }

    private void misused(String function) {
        cursor.wrong("The function is not allowed to be used this way in an expression; function: " + function);
    }

    private static boolean isOperator(Token token) {
        return token.isWord("BETWEEN")
                || token.isWord("IN")
                || token.type() == Token.Type.SYMBOL && COMPARATORS.contains(token.text());
    }

    private Part parenthesized() {
        boolean isDoubled = cursor.open();
        Part inner = or();
        cursor.close(isDoubled);
        return inner;
    }

    /** What begins with an operand: a comparison, or the operand alone where no operator follows. */
    private Part comparison(Operand left) {
        Token operator = cursor.peek();
        if (!isOperator(operator)) {
            return new Part(left);
        }
        if (operator.isWord("BETWEEN")) {
            cursor.advance();
            cursor.operator();
            Operand low = operands.operand();
            cursor.expectWord("AND");
            return new Part(new Condition.Between(left, low, operands.operand()));
        }
        if (operator.isWord("IN")) {
            cursor.advance();
            cursor.operator();
            return new Part(in(left));
        }
        cursor.advance();
        cursor.operator();
        return new Part(new Condition.Comparison(operator.text(), left, operands.operand()));
    }

    private Condition in(Operand value) {
        cursor.expect("(");
        List<Operand> choices = new ArrayList<>();
        do {
            choices.add(operands.operand());
        } while (cursor.accept(","));
        cursor.expect(")");
        if (choices.size() > IN_OPERANDS_MAX) {
            cursor.wrong("The IN operator is provided with too many operands; number of operands: " + choices.size());
        }
        return new Condition.In(value, List.copyOf(choices));
    }

    private Condition.Test test() {
        String function = cursor.advance().text();
        cursor.operator();
        Integer expected = TESTS.get(function);
        if (OF_UPDATES.contains(function)) {
            cursor.wrong("The function is not allowed in a " + conditionName() + " expression; function: " + function);
        } else if (expected == null) {
            cursor.wrong("Invalid function name; function: " + function);
        }
        List<Operand> arguments = operands.arguments();
        if (expected != null) {
            operands.checkCount(function, expected, arguments.size());
        }
        if (OF_PATHS.contains(function)) {
            operands.checkPath(function, arguments);
        }
        return new Condition.Test(function, arguments);
    }

    private String conditionName() {
        return switch (cursor.kind()) {
            case FILTER -> "filter";
            case KEY_CONDITION -> "key condition";
            default -> "condition";
        };
    }
}
