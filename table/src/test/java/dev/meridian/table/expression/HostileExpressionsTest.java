package dev.meridian.table.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;

class HostileExpressionsTest {

    private static final String[] PIECES = {
        "SET ", "REMOVE ", "ADD ", "DELETE ", " AND ", " OR ", " NOT ", " IN ", " BETWEEN ", "(", ")", "[", "]", ",",
        ".", "=", "<>", "<=", "+", "-", "a", "b", "#n", ":v", "0", "99999999999999999999", "size(", "attribute_exists(",
        "if_not_exists(", "list_append(", "begins_with(", "\"", "\u0000", "\ud83d", "\ude00", "é", "#", ":", " "
    };

    @Test
    void randomTextIsParsedOrRefusedInWords() {
        Random random = new Random(21);
        for (int i = 0; i < 5_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int pieces = random.nextInt(14); pieces >= 0; pieces--) {
                text.append(PIECES[random.nextInt(PIECES.length)]);
            }
            parseEveryWay(text.toString());
        }
    }

    @Test
    void deepNestingIsRefusedAndDoesNotExhaustTheStack() {
        for (String piece : new String[] {"(", "NOT ", "size(", "SET a=if_not_exists(a,", "list_append(", "a[", "a."}) {
            parseEveryWay(piece.repeat(4_000 / piece.length()));
        }
        parseEveryWay("SET a = " + "list_append(a,".repeat(280) + "a" + ")".repeat(280));
        parseEveryWay("SET a = " + "(".repeat(2_000) + "a" + ")".repeat(2_000));
        parseEveryWay("a = " + "size(".repeat(800));
    }

    @Test
    void sizeIsMeasuredBeforeAnythingIsRead() {
        assertThatThrownBy(() -> ExpressionParser.condition("(".repeat(4_097), ExpressionKind.FILTER))
                .isInstanceOf(InvalidExpressionException.class)
                .hasMessageStartingWith(
                        "Invalid FilterExpression: Expression size has exceeded the maximum allowed size;");
    }

    private static void parseEveryWay(String text) {
        parse(() -> ExpressionParser.condition(text, ExpressionKind.FILTER));
        parse(() -> ExpressionParser.update(text));
        parse(() -> ExpressionParser.projection(text));
    }

    private static void parse(Runnable parser) {
        try {
            parser.run();
        } catch (InvalidExpressionException refused) {
            assertThat(refused).hasMessageStartingWith("Invalid ");
        }
    }
}
