package dev.meridian.table.expression;

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
        END
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
