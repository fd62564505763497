package dev.meridian.table.expression;

import java.util.Locale;
import java.util.Set;

/**
 * One token of an expression.
 *
 * @param start where it starts in the text
 */
record Token(Type type, String text, int start) {

    enum Type {
        NAME,
        NAME_REFERENCE,
        VALUE_REFERENCE,
        NUMBER,
        SYMBOL,
        /** A character that no expression has. */
        UNKNOWN,
        END
    }

    private static final int KEYWORD_LENGTH_MAX = 7;

    private static final Set<String> KEYWORDS =
            Set.of("AND", "OR", "NOT", "BETWEEN", "IN", "SET", "REMOVE", "ADD", "DELETE");

    /** Whether it is a word of the grammar itself, which is no name anywhere. */
    boolean isKeyword() {
        return text.length() <= KEYWORD_LENGTH_MAX && KEYWORDS.contains(text.toUpperCase(Locale.ROOT));
    }

    boolean is(String symbol) {
        return type == Type.SYMBOL && text.equals(symbol);
    }

    boolean isWord(String word) {
        return type == Type.NAME && text.equalsIgnoreCase(word);
    }

    int end() {
        return start + text.length();
    }
}
