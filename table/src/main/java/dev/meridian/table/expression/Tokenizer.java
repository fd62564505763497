package dev.meridian.table.expression;

import java.util.ArrayList;
import java.util.List;

/** Cuts an expression into tokens. */
final class Tokenizer {

    private static final String SYMBOLS = "()[],.=<>+-";
    private static final int REFERENCE_BYTES_MAX = 255;

    private final String text;
    private final ExpressionKind kind;
    private final List<Token> tokens = new ArrayList<>();
    private int position;

    private Tokenizer(String text, ExpressionKind kind) {
        this.text = text;
        this.kind = kind;
    }

    static List<Token> cut(String text, ExpressionKind kind) {
        return new Tokenizer(text, kind).cut();
    }

    private List<Token> cut() {
        while (position < text.length()) {
            char next = text.charAt(position);
            if (next == ' ' || next == '\t' || next == '\n' || next == '\r') {
                position++;
            } else if (isNameStart(next)) {
                word(Token.Type.NAME, position);
            } else if (next == '#') {
                word(Token.Type.NAME_REFERENCE, position + 1);
            } else if (next == ':') {
                word(Token.Type.VALUE_REFERENCE, position + 1);
            } else if (next >= '0' && next <= '9') {
                number();
            } else {
                symbol(next);
            }
        }
        tokens.add(new Token(Token.Type.END, "<EOF>", text.length()));
        return tokens;
    }

    private void word(Token.Type type, int from) {
        int end = from;
        while (end < text.length() && isNamePart(text.charAt(end))) {
            end++;
        }
        if (end == from && type != Token.Type.NAME) {
            unknown();
            return;
        }
        String word = text.substring(position, end);
        if (type != Token.Type.NAME && word.length() > REFERENCE_BYTES_MAX) {
            throw kind.invalid("The expression attribute map key is too long; key: " + word);
        }
        tokens.add(new Token(type, word, position));
        position = end;
    }

    private void number() {
        int end = position;
        while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
            end++;
        }
        tokens.add(new Token(Token.Type.NUMBER, text.substring(position, end), position));
        position = end;
    }

    private void symbol(char first) {
        if (SYMBOLS.indexOf(first) < 0) {
            unknown();
            return;
        }
        String two = position + 1 < text.length() ? text.substring(position, position + 2) : "";
        String symbol = two.equals("<>") || two.equals("<=") || two.equals(">=") ? two : String.valueOf(first);
        tokens.add(new Token(Token.Type.SYMBOL, symbol, position));
        position += symbol.length();
    }

    private void unknown() {
        int end = text.offsetByCodePoints(position, 1);
        tokens.add(new Token(Token.Type.UNKNOWN, text.substring(position, end), position));
        position = end;
    }

    private static boolean isNameStart(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    private static boolean isNamePart(char c) {
        return isNameStart(c) || (c >= '0' && c <= '9') || c == '_';
    }
}
