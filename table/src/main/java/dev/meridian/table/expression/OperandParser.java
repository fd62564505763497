package dev.meridian.table.expression;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Reads what all expressions are made of: paths, references to values, functions of them, each in parentheses or not. */
final class OperandParser {

    private static final int INDEX_DIGITS_MAX = 9;
    private static final Set<String> UPDATE_FUNCTIONS = Set.of("if_not_exists", "list_append");

    private final TokenCursor cursor;

    OperandParser(TokenCursor cursor) {
        this.cursor = cursor;
    }

    Operand operand() {
        if (cursor.peek().is("(")) {
            boolean isDoubled = cursor.open();
            Operand inner = operand();
            cursor.close(isDoubled);
            return inner;
        }
        if (cursor.peek().type() == Token.Type.VALUE_REFERENCE) {
            return new Operand.Value(cursor.advance().text());
        }
        return cursor.isCall() ? call() : new Operand.AtPath(path());
    }

    /** The operands of a function, in its parentheses. */
    List<Operand> arguments() {
        cursor.expect("(");
        cursor.deeper();
        List<Operand> arguments = new ArrayList<>();
        do {
            arguments.add(operand());
        } while (cursor.accept(","));
        cursor.expect(")");
        cursor.shallower();
        return List.copyOf(arguments);
    }

    void checkCount(String function, int expected, int actual) {
        if (actual != expected) {
            cursor.wrong("Incorrect number of operands for operator or function; operator or function: " + function
                    + ", number of operands: " + actual);
        }
    }

    void checkPath(String function, List<Operand> arguments) {
        if (!(arguments.get(0) instanceof Operand.AtPath)) {
            cursor.wrong("Operator or function requires a document path; operator or function: " + function);
        }
    }

    private Operand call() {
        String function = cursor.advance().text();
        cursor.operator();
        boolean isUpdate = cursor.kind() == ExpressionKind.UPDATE;
        boolean isAllowed = isUpdate ? UPDATE_FUNCTIONS.contains(function) : function.equals("size");
        boolean isKnown = function.equals("size") && isUpdate || ConditionParser.TESTS.containsKey(function);
        if (!isAllowed && isKnown) {
            cursor.wrong(
                    isUpdate
                            ? "The function is not allowed in an update expression; function: " + function
                            : "The function is not allowed to be used this way in an expression; function: "
                                    + function);
        } else if (!isAllowed) {
            cursor.wrong("Invalid function name; function: " + function);
        }
        List<Operand> arguments = arguments();
        if (isAllowed) {
            checkCount(function, isUpdate ? 2 : 1, arguments.size());
        }
        if (function.equals("if_not_exists")) {
            checkPath(function, arguments);
        }
        return new Operand.Call(function, arguments);
    }

    DocumentPath path() {
        List<Object> steps = new ArrayList<>();
        steps.add(name());
        while (true) {
            if (cursor.accept(".")) {
                steps.add(name());
            } else if (cursor.accept("[")) {
                if (cursor.peek().type() != Token.Type.NUMBER) {
                    throw cursor.syntaxError();
                }
                String digits = cursor.advance().text();
                cursor.expect("]");
                steps.add(listIndex(digits));
            } else {
                if (steps.size() > DocumentPath.LEVELS_MAX) {
                    cursor.wrong(DocumentPath.tooManyLevels(steps.size()));
                }
                return new DocumentPath(List.copyOf(steps));
            }
        }
    }

    private Integer listIndex(String digits) {
        if (digits.length() > INDEX_DIGITS_MAX) {
            cursor.wrong("List index is not within the allowable range; index: [" + digits + "]");
            return 0;
        }
        return Integer.valueOf(digits);
    }

    private Object name() {
        Token token = cursor.peek();
        if (token.type() == Token.Type.NAME_REFERENCE) {
            return new DocumentPath.Reference(cursor.advance().text());
        }
        if (token.type() != Token.Type.NAME || token.isKeyword()) {
            throw cursor.syntaxError();
        }
        if (ReservedWords.contains(token.text().toUpperCase(Locale.ROOT))) {
            cursor.wrong("Attribute name is a reserved keyword; reserved keyword: " + token.text());
        }
        return cursor.advance().text();
    }
}
