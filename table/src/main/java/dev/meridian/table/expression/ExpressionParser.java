package dev.meridian.table.expression;

import dev.meridian.table.value.Utf8;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Recursive descent over the tokens of one expression. Limits come first: 4,096 bytes before anything is read, 300
 * operators, and a depth that hostile nesting cannot exceed.
 */
public final class ExpressionParser {

    private static final int EXPRESSION_BYTES_MAX = 4_096;
    private static final int OPERATORS_MAX = 300;
    private static final int DEPTH_MAX = 150;
    private static final int IN_OPERANDS_MAX = 100;
    private static final Set<String> COMPARATORS = Set.of("=", "<>", "<", "<=", ">", ">=");
    /** Functions that are conditions, with how many operands each takes. */
    private static final Map<String, Integer> TESTS = Map.of(
            "attribute_exists", 1,
            "attribute_not_exists", 1,
            "attribute_type", 2,
            "begins_with", 2,
            "contains", 2);

    private final ExpressionKind kind;
    private final String text;
    private final List<Token> tokens;
    private int next;
    private int operators;
    private int depth;

    private ExpressionParser(String text, ExpressionKind kind) {
        this.kind = kind;
        this.text = text;
        if (text.isEmpty()) {
            throw kind.invalid("The expression can not be empty;");
        }
        int bytes = Utf8.length(text);
        if (bytes > EXPRESSION_BYTES_MAX) {
            throw kind.invalid("Expression size has exceeded the maximum allowed size; expression size: " + bytes);
        }
        this.tokens = Tokenizer.cut(text, kind);
    }

    /** Parses a condition, filter or key condition expression. */
    public static Condition condition(String text, ExpressionKind kind) {
        ExpressionParser parser = new ExpressionParser(text, kind);
        Condition condition = parser.or();
        parser.end();
        return condition;
    }

    /** Parses a projection expression. */
    public static List<DocumentPath> projection(String text) {
        ExpressionParser parser = new ExpressionParser(text, ExpressionKind.PROJECTION);
        List<DocumentPath> paths = new ArrayList<>();
        do {
            paths.add(parser.path());
        } while (parser.accept(","));
        parser.end();
        return List.copyOf(paths);
    }

    /** Parses an update expression. */
    public static Update update(String text) {
        ExpressionParser parser = new ExpressionParser(text, ExpressionKind.UPDATE);
        Update update = new Update(parser.sections());
        parser.end();
        return update;
    }

    private Condition or() {
        Condition left = and();
        while (peek().isWord("OR")) {
            advance();
            operator();
            left = new Condition.Or(left, and());
        }
        return left;
    }

    private Condition and() {
        Condition left = not();
        while (peek().isWord("AND")) {
            advance();
            operator();
            left = new Condition.And(left, not());
        }
        return left;
    }

    private Condition not() {
        if (!peek().isWord("NOT")) {
            return primary();
        }
        deeper();
        advance();
        operator();
        Condition negated = new Condition.Not(not());
        depth--;
        return negated;
    }

    private Condition primary() {
        if (peek().is("(")) {
            return parenthesized();
        }
        Token first = peek();
        if (first.type() == Token.Type.NAME && tokens.get(next + 1).is("(") && !first.isWord("size")) {
            return test();
        }
        Operand left = operand();
        if (peek().isWord("BETWEEN")) {
            advance();
            operator();
            Operand low = operand();
            expectWord("AND");
            return new Condition.Between(left, low, operand());
        }
        if (peek().isWord("IN")) {
            advance();
            operator();
            return in(left);
        }
        Token comparator = peek();
        if (comparator.type() != Token.Type.SYMBOL || !COMPARATORS.contains(comparator.text())) {
            throw syntaxError();
        }
        advance();
        operator();
        return new Condition.Comparison(comparator.text(), left, operand());
    }

    private Condition parenthesized() {
        deeper();
        advance();
        boolean doubled = peek().is("(");
        int before = next;
        Condition inner = or();
        if (doubled && closes(before) == next - 1 && peek().is(")")) {
            throw kind.invalid("The expression has redundant parentheses;");
        }
        expect(")");
        depth--;
        return inner;
    }

    /** Where the parenthesis that opens at this token closes. */
    private int closes(int open) {
        int level = 0;
        for (int i = open; i < tokens.size(); i++) {
            if (tokens.get(i).is("(")) {
                level++;
            } else if (tokens.get(i).is(")") && --level == 0) {
                return i;
            }
        }
        return -1;
    }

    private Condition test() {
        String function = advance().text();
        operator();
        List<Operand> arguments = arguments();
        Integer expected = TESTS.get(function);
        if (expected == null) {
            if (function.equals("if_not_exists") || function.equals("list_append")) {
                throw kind.invalid(
                        "The function is not allowed in a " + conditionName() + " expression; function: " + function);
            }
            throw kind.invalid("Invalid function name; function: " + function);
        }
        checkCount(function, expected, arguments.size());
        if (function.startsWith("attribute_") && !(arguments.get(0) instanceof Operand.AtPath)) {
            throw kind.invalid("Operator or function requires a document path; operator or function: " + function);
        }
        return new Condition.Test(function, arguments);
    }

    private String conditionName() {
        return switch (kind) {
            case FILTER -> "filter";
            case KEY_CONDITION -> "key condition";
            default -> "condition";
        };
    }

    private void checkCount(String function, int expected, int actual) {
        if (actual != expected) {
            throw kind.invalid("Incorrect number of operands for operator or function; operator or function: "
                    + function + ", number of operands: " + actual);
        }
    }

    private Condition in(Operand value) {
        expect("(");
        List<Operand> choices = new ArrayList<>();
        do {
            choices.add(operand());
        } while (accept(","));
        expect(")");
        if (choices.size() > IN_OPERANDS_MAX) {
            throw kind.invalid(
                    "The IN operator is provided with too many operands; number of operands: " + choices.size());
        }
        return new Condition.In(value, List.copyOf(choices));
    }

    private List<Operand> arguments() {
        expect("(");
        deeper();
        List<Operand> arguments = new ArrayList<>();
        do {
            arguments.add(operand());
        } while (accept(","));
        expect(")");
        depth--;
        return List.copyOf(arguments);
    }

    private Operand operand() {
        Token token = peek();
        if (token.type() == Token.Type.VALUE_REFERENCE) {
            return new Operand.Value(advance().text());
        }
        if (token.type() == Token.Type.NAME && tokens.get(next + 1).is("(")) {
            return call();
        }
        return new Operand.AtPath(path());
    }

    private Operand call() {
        String function = advance().text();
        operator();
        List<Operand> arguments = arguments();
        if (kind == ExpressionKind.UPDATE) {
            if (!function.equals("if_not_exists") && !function.equals("list_append")) {
                throw kind.invalid(
                        function.equals("size") || TESTS.containsKey(function)
                                ? "The function is not allowed in an update expression; function: " + function
                                : "Invalid function name; function: " + function);
            }
            checkCount(function, 2, arguments.size());
            if (function.equals("if_not_exists") && !(arguments.get(0) instanceof Operand.AtPath)) {
                throw kind.invalid(
                        "Operator or function requires a document path; operator or function: if_not_exists");
            }
        } else if (!function.equals("size")) {
            throw kind.invalid(
                    TESTS.containsKey(function)
                            ? "The function is not allowed to be used this way in an expression; function: " + function
                            : "Invalid function name; function: " + function);
        } else {
            checkCount(function, 1, arguments.size());
        }
        return new Operand.Call(function, arguments);
    }

    private DocumentPath path() {
        List<Object> steps = new ArrayList<>();
        steps.add(name());
        while (true) {
            if (accept(".")) {
                steps.add(name());
            } else if (peek().is("[")) {
                advance();
                Token index = peek();
                if (index.type() != Token.Type.NUMBER) {
                    throw syntaxError();
                }
                advance();
                expect("]");
                steps.add(listIndex(index.text()));
            } else if (steps.size() > DocumentPath.LEVELS_MAX) {
                throw kind.invalid(DocumentPath.tooManyLevels(steps.size()));
            } else {
                return new DocumentPath(List.copyOf(steps));
            }
        }
    }

    private Integer listIndex(String digits) {
        if (digits.length() > 9) {
            throw kind.invalid("List index is not within the allowable range; index: [" + digits + "]");
        }
        return Integer.valueOf(digits);
    }

    private Object name() {
        Token token = peek();
        if (token.type() == Token.Type.NAME_REFERENCE) {
            return new DocumentPath.Reference(advance().text());
        }
        if (token.type() != Token.Type.NAME) {
            throw syntaxError();
        }
        if (ReservedWords.contains(token.text().toUpperCase(Locale.ROOT))) {
            throw kind.invalid("Attribute name is a reserved keyword; reserved keyword: " + token.text());
        }
        return advance().text();
    }

    private List<Update.Action> sections() {
        List<Update.Action> actions = new ArrayList<>();
        Set<String> seen = new java.util.HashSet<>();
        do {
            Token section = peek();
            String name = section.text().toUpperCase(Locale.ROOT);
            if (section.type() != Token.Type.NAME
                    || !Set.of("SET", "REMOVE", "ADD", "DELETE").contains(name)) {
                throw syntaxError();
            }
            if (!seen.add(name)) {
                throw kind.invalid("The \"" + name + "\" section can only be used once in an update expression;");
            }
            advance();
            do {
                actions.add(action(name));
            } while (accept(","));
        } while (peek().type() != Token.Type.END);
        return List.copyOf(actions);
    }

    private Update.Action action(String section) {
        DocumentPath path = path();
        operator();
        switch (section) {
            case "SET":
                expect("=");
                return new Update.Set(path, sum());
            case "REMOVE":
                return new Update.Remove(path);
            case "ADD":
                return new Update.Add(path, valueOnly());
            default:
                return new Update.Delete(path, valueOnly());
        }
    }

    private Operand valueOnly() {
        if (peek().type() != Token.Type.VALUE_REFERENCE) {
            throw syntaxError();
        }
        return new Operand.Value(advance().text());
    }

    private Operand sum() {
        Operand left = addend();
        Token sign = peek();
        if (sign.is("+") || sign.is("-")) {
            advance();
            operator();
            return new Operand.Arithmetic(sign.text(), left, addend());
        }
        return left;
    }

    private Operand addend() {
        if (!peek().is("(")) {
            return operand();
        }
        deeper();
        advance();
        Operand inner = sum();
        expect(")");
        depth--;
        return inner;
    }

    private void operator() {
        if (++operators > OPERATORS_MAX) {
            throw kind.invalid("The expression contains too many operators; operator count: " + operators);
        }
    }

    private void deeper() {
        if (++depth > DEPTH_MAX) {
            throw kind.invalid("The expression is nested too deeply;");
        }
    }

    private Token peek() {
        return tokens.get(next);
    }

    private Token advance() {
        return tokens.get(next++);
    }

    private boolean accept(String symbol) {
        if (!peek().is(symbol)) {
            return false;
        }
        next++;
        return true;
    }

    private void expect(String symbol) {
        if (!accept(symbol)) {
            throw syntaxError();
        }
    }

    private void expectWord(String word) {
        if (!peek().isWord(word)) {
            throw syntaxError();
        }
        next++;
    }

    private void end() {
        if (peek().type() != Token.Type.END) {
            throw syntaxError();
        }
    }

    private InvalidExpressionException syntaxError() {
        Token token = peek();
        int from = tokens.get(Math.max(0, next - 1)).start();
        int to = token.type() == Token.Type.END
                ? text.length()
                : tokens.get(Math.min(next + 1, tokens.size() - 1)).type() == Token.Type.END
                        ? token.end()
                        : tokens.get(next + 1).end();
        return kind.invalid("Syntax error; token: \"" + token.text() + "\", near: \""
                + text.substring(Math.min(from, text.length()), Math.min(to, text.length())) + "\"");
    }
}
