package dev.meridian.table.expression;

import dev.meridian.table.value.Utf8;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Walks the tokens of one expression. Limits come first: 4,096 bytes before anything is read, 300 operators, and a depth that hostile
 * nesting cannot exceed. What is grammatical and yet wrong is told only once the whole expression has proved to be grammatical.
 */
final class TokenCursor {

    private static final int EXPRESSION_BYTES_MAX = 4_096;
    private static final int OPERATORS_MAX = 300;
    private static final int DEPTH_MAX = 150;

    private final ExpressionKind kind;
    private final String text;
    private final List<Token> tokens;
    private int next;
    private int operators;
    private int depth;
    private @Nullable InvalidExpressionException wrong;

    TokenCursor(String text, ExpressionKind kind) {
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

    ExpressionKind kind() {
        return kind;
    }

    Token peek() {
        return tokens.get(next);
    }

    /** Whether a function begins here: a name and a parenthesis. */
    boolean isCall() {
        return peek().type() == Token.Type.NAME
                && !peek().isKeyword()
                && tokens.get(next + 1).is("(");
    }

    Token advance() {
        return tokens.get(next++);
    }

    boolean accept(String symbol) {
        if (!peek().is(symbol)) {
            return false;
        }
        next++;
        return true;
    }

    void expect(String symbol) {
        if (!accept(symbol)) {
            throw syntaxError();
        }
    }

    void expectWord(String word) {
        if (!peek().isWord(word)) {
            throw syntaxError();
        }
        next++;
    }

    /** Nothing may follow; what was wrong on the way is told. */
    void end() {
        if (peek().type() != Token.Type.END) {
            throw syntaxError();
        }
        if (wrong != null) {
            throw wrong;
        }
    }

    /** Something is wrong, though it is grammatical; the first such thing counts. */
    void wrong(String message) {
        if (wrong == null) {
            wrong = kind.invalid(message);
        }
    }

    /** An operator or a function. */
    void operator() {
        if (++operators > OPERATORS_MAX) {
            throw kind.invalid("The expression contains too many operators; operator count: " + operators);
        }
    }

    void deeper() {
        if (++depth > DEPTH_MAX) {
            throw kind.invalid("The expression is nested too deeply;");
        }
    }

    void shallower() {
        depth--;
    }

    /** Goes through the parenthesis that opens here; says whether another follows at once and closes just before this one. */
    boolean open() {
        deeper();
        expect("(");
        if (!peek().is("(")) {
            return false;
        }
        int inner = closes(next);
        return inner >= 0 && inner + 1 < tokens.size() && tokens.get(inner + 1).is(")");
    }

    void close(boolean isDoubled) {
        expect(")");
        depth--;
        if (isDoubled) {
            wrong("The expression has redundant parentheses;");
        }
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

    /** Told with the token before it, or the text's beginning, and the one after it. */
    InvalidExpressionException syntaxError() {
        Token token = peek();
        int from = next == 0 ? 0 : tokens.get(next - 1).start();
        Token after = tokens.get(Math.min(next + 1, tokens.size() - 1));
        int to = token.type() == Token.Type.END
                ? text.length()
                : after.type() == Token.Type.END ? token.end() : after.end();
        return kind.invalid(
                "Syntax error; token: \"" + token.text() + "\", near: \"" + text.substring(from, to) + "\"");
    }
}
