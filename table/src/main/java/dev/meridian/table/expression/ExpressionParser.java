package dev.meridian.table.expression;

import java.util.ArrayList;
import java.util.List;

/** Recursive descent over the tokens of one expression: {@link ConditionParser}, {@link UpdateParser} and {@link OperandParser}. */
public final class ExpressionParser {

    private ExpressionParser() {}

    /** Parses a condition, filter or key condition expression. */
    public static Condition condition(String text, ExpressionKind kind) {
        TokenCursor cursor = new TokenCursor(text, kind);
        Condition condition = new ConditionParser(cursor).condition();
        cursor.end();
        return condition;
    }

    /** Parses a projection expression. */
    public static List<DocumentPath> projection(String text) {
        TokenCursor cursor = new TokenCursor(text, ExpressionKind.PROJECTION);
        OperandParser operands = new OperandParser(cursor);
        List<DocumentPath> paths = new ArrayList<>();
        do {
            paths.add(operands.path());
        } while (cursor.accept(","));
        cursor.end();
        return List.copyOf(paths);
    }

    /** Parses an update expression. */
    public static Update update(String text) {
        TokenCursor cursor = new TokenCursor(text, ExpressionKind.UPDATE);
        Update update = new Update(new UpdateParser(cursor).sections());
        cursor.end();
        return update;
    }
}
