package dev.meridian.table.partiql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.meridian.table.expression.InvalidExpressionException;
import dev.meridian.table.value.AttributeValue;
import dev.meridian.table.value.InvalidValueException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever is given for a statement, there is a statement or the service's error; {@code -Dstatements=N} tries more. */
class HostileStatementsTest {

    private static final List<String> STATEMENTS = List.of(
            "SELECT * FROM \"t\".\"i\" WHERE pk='a' AND sk BETWEEN 1 AND 2.5e3 ORDER BY sk DESC",
            "SELECT a.b[0], \"c d\" FROM t WHERE begins_with(a,'x') OR NOT size(b) > ? AND c IS NOT MISSING",
            "INSERT INTO t VALUE {'id':'1','s':<<1,2>>,'l':[null,true,{'x':''}],'p':?}",
            "UPDATE t SET a=a+1 SET l=list_append(l,[1]), s=set_add(s,<<'x'>>) REMOVE b.c WHERE id=? RETURNING ALL OLD *",
            "DELETE FROM t WHERE id='1' AND a IN (1,2) RETURNING ALL OLD *",
            "EXISTS(SELECT * FROM t WHERE id='1' AND attribute_type(a,'S'))",
            "FROM t WHERE id='1' SET a.\"b\"['c']=-1");
    private static final List<String> PARTS = List.of(
            "SELECT",
            "FROM",
            "WHERE",
            "INSERT INTO",
            "VALUE",
            "UPDATE",
            "SET",
            "REMOVE",
            "DELETE",
            "RETURNING",
            "ALL OLD *",
            "ORDER BY",
            "EXISTS",
            "AND",
            "OR",
            "NOT",
            "IN",
            "IS",
            "MISSING",
            "NULL",
            "BETWEEN",
            "LIKE",
            "CASE",
            "WHEN",
            "CAST",
            "PIVOT",
            "UNPIVOT",
            "GROUP BY",
            "LIMIT",
            "UNION",
            "JOIN",
            "AT",
            "AS",
            "DATE",
            "TIME",
            "LET",
            "CREATE TABLE",
            "DROP INDEX",
            "t",
            "\"t\"",
            "a",
            "'x'",
            "1",
            "-1",
            "1e400",
            "0.0000001",
            "?",
            "*",
            "(",
            ")",
            "[",
            "]",
            "{",
            "}",
            "<<",
            ">>",
            "<",
            ">",
            "=",
            "<>",
            "!=",
            "+",
            "-",
            "||",
            ",",
            ":",
            ".",
            ";",
            "`1`",
            "`{a:1}`",
            "--",
            "/*",
            "*/",
            "\u00e9",
            "\u0000",
            "\uD83D",
            "size(a)",
            "set_add(a,<<1>>)",
            "@",
            "#",
            "$",
            "\\");
    private static final List<AttributeValue> PARAMETERS =
            List.of(new AttributeValue.S("p"), new AttributeValue.N(BigDecimal.ONE));

    private final Random random = new Random(4711);

    @Test
    void mutilatedAndRandomStatementsAreReadOrRefused() {
        int count = Integer.getInteger("statements", 6_000);
        int read = 0;
        for (int i = 0; i < count; i++) {
            read += isRead(i % 2 == 0 ? mutilated() : assembled()) ? 1 : 0;
        }
        assertThat(read).as("statements that are still well formed").isPositive();
    }

    private boolean isRead(String text) {
        try {
            StatementParser.parse(text, PARAMETERS);
            return true;
        } catch (InvalidExpressionException | InvalidValueException refused) {
            return false;
        } catch (RuntimeException | Error broken) {
            throw new AssertionError(text, broken);
        }
    }

    private String mutilated() {
        StringBuilder text = new StringBuilder(STATEMENTS.get(random.nextInt(STATEMENTS.size())));
        for (int edits = 1 + random.nextInt(4); edits > 0 && text.length() > 0; edits--) {
            int at = random.nextInt(text.length());
            switch (random.nextInt(4)) {
                case 0 -> text.deleteCharAt(at);
                case 1 -> text.insert(at, ' ' + PARTS.get(random.nextInt(PARTS.size())) + ' ');
                case 2 -> text.setLength(at);
                default -> text.replace(at, at + 1, PARTS.get(random.nextInt(PARTS.size())));
            }
        }
        return text.toString();
    }

    private String assembled() {
        StringBuilder text = new StringBuilder();
        for (int parts = 1 + random.nextInt(14); parts > 0; parts--) {
            text.append(PARTS.get(random.nextInt(PARTS.size()))).append(' ');
        }
        return text.toString();
    }

    @Test
    void longOnesTakeNoLongerThanTheirLength() {
        for (String piece : List.of(
                "(", "[", "{'a':", "<<", "NOT ", "-", "a.", "a[", "CASE ", "a IN (", "- ", "+", "'x'||", "1+")) {
            isRead("SELECT * FROM t WHERE " + piece.repeat(8_000 / piece.length()));
            isRead("SELECT " + piece.repeat(8_000 / piece.length()) + "a FROM t");
        }
        isRead("SELECT * FROM t WHERE a=1" + " AND a=1".repeat(1_000));
        isRead("SELECT * FROM t WHERE a=1" + " OR a=1".repeat(1_100));
        isRead("SELECT * FROM t WHERE " + "(".repeat(300) + "a=1" + ")".repeat(300));
    }
}
