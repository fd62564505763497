package dev.meridian.table.expression;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Reads update expressions: sections of actions. */
final class UpdateParser {

    private static final Set<String> SECTIONS = Set.of("SET", "REMOVE", "ADD", "DELETE");

    private final TokenCursor cursor;
    private final OperandParser operands;

    UpdateParser(TokenCursor cursor) {
        this.cursor = cursor;
        this.operands = new OperandParser(cursor);
    }

    List<Update.Action> sections() {
        List<Update.Action> actions = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        do {
            Token section = cursor.peek();
            String name = section.text().toUpperCase(Locale.ROOT);
            if (section.type() != Token.Type.NAME || !SECTIONS.contains(name)) {
                throw cursor.syntaxError();
            }
            if (!seen.add(name)) {
                cursor.wrong("The \"" + name + "\" section can only be used once in an update expression;");
            }
            cursor.advance();
            do {
                actions.add(action(name));
            } while (cursor.accept(","));
        } while (cursor.peek().type() != Token.Type.END);
        return List.copyOf(actions);
    }

    private Update.Action action(String section) {
        DocumentPath path = operands.path();
        cursor.operator();
        switch (section) {
            case "SET":
                cursor.expect("=");
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
        if (cursor.peek().type() != Token.Type.VALUE_REFERENCE) {
            throw cursor.syntaxError();
        }
        return new Operand.Value(cursor.advance().text());
    }

    private Operand sum() {
        Operand left = addend();
        Token sign = cursor.peek();
        if (sign.is("+") || sign.is("-")) {
            cursor.advance();
            cursor.operator();
            return new Operand.Arithmetic(sign.text(), left, addend());
        }
        return left;
    }

    private Operand addend() {
        if (!cursor.peek().is("(")) {
            return operands.operand();
        }
        boolean isDoubled = cursor.open();
        Operand inner = sum();
        cursor.close(isDoubled);
        return inner;
    }
}
