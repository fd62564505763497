package dev.meridian.table.operation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.meridian.table.expression.ConditionEvaluator;
import dev.meridian.table.partiql.Statement;
import dev.meridian.table.partiql.StatementParser;
import dev.meridian.table.value.AttributeValue;
import dev.meridian.table.value.Item;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * However its WHERE leads to keys, and however many pages it takes, a SELECT gives each item once that meets the condition, and
 * no other.
 */
class SelectTest {

    private static final Pattern ITEM = Pattern.compile("\\{\"id\":\\{\"S\":\"(\\w)\"},\"n\":\\{\"N\":\"(\\d)\"}");
    private static final Pattern TOKEN = Pattern.compile("\"NextToken\":\"([^\"]+)\"");
    private static final List<String> IDS = List.of("a", "b", "c");

    private final Random random = new Random(20_261_121);
    private final TestTable table = TestTable.indexed();
    private final List<Item> items = new ArrayList<>();

    @Test
    void givesWhatMeetsItsConditionWhicheverKeysItReads() {
        fill();
        int answered = 0;
        for (int i = 0; i < 3_000; i++) {
            String where = condition(3);
            String order = random.nextInt(4) == 0 ? " ORDER BY id, n DESC" : "";
            List<String> selected = select("SELECT id, n FROM \"table\" WHERE " + where + order);
            if (selected == null) {
                continue;
            }
            answered++;
            assertThat(selected).as(where).containsExactlyInAnyOrderElementsOf(expected(where));
            if (!order.isEmpty()) {
                assertThat(selected).as(where + order).isSortedAccordingTo(SelectTest::byIdThenBackwards);
            }
        }
        assertThat(answered).isGreaterThan(2_000);
    }

    private static int byIdThenBackwards(String one, String two) {
        int byId = Character.compare(one.charAt(0), two.charAt(0));
        return byId != 0 ? byId : Character.compare(two.charAt(1), one.charAt(1));
    }

    private void fill() {
        for (String id : IDS) {
            for (int n = 0; n < 6; n++) {
                Map<String, AttributeValue> attributes = new LinkedHashMap<>();
                attributes.put("id", new AttributeValue.S(id));
                attributes.put("n", new AttributeValue.N(BigDecimal.valueOf(n)));
                if (random.nextBoolean()) {
                    attributes.put("x", new AttributeValue.N(BigDecimal.valueOf(random.nextInt(3))));
                }
                Item item = new Item(attributes);
                items.add(item);
                table.run(
                        "PutItem",
                        "{\"TableName\":\"table\",\"Item\":"
                                + new String(Answer.item(item), java.nio.charset.StandardCharsets.UTF_8) + "}");
            }
        }
    }

    private List<String> expected(String where) {
        Statement.Select select = (Statement.Select) StatementParser.parse("SELECT * FROM t WHERE " + where, List.of());
        return items.stream()
                .filter(item -> ConditionEvaluator.matches(java.util.Objects.requireNonNull(select.where()), item))
                .map(SelectTest::name)
                .toList();
    }

    private static String name(Item item) {
        return ((AttributeValue.S) java.util.Objects.requireNonNull(item.get("id"))).value()
                + ((AttributeValue.N) java.util.Objects.requireNonNull(item.get("n"))).value();
    }

    /** What all pages hold, or null where the service would refuse the statement. */
    private @org.jspecify.annotations.Nullable List<String> select(String statement) {
        List<String> selected = new ArrayList<>();
        String token = "";
        String limit = random.nextBoolean() ? "" : ",\"Limit\":" + (1 + random.nextInt(4));
        do {
            String answer = table.run(
                    "ExecuteStatement",
                    "{\"Statement\":\"" + statement.replace("\"", "\\\"") + "\"" + limit + token + "}");
            if (!answer.startsWith("{")) {
                assertThat(answer)
                        .as(statement)
                        .matches("ValidationException: (Overlapping conditions with range keys|Must have at least one "
                                + "non-optional hash key|The BETWEEN operator requires upper bound).*");
                return null;
            }
            Matcher item = ITEM.matcher(answer.substring(0, answer.indexOf(']')));
            while (item.find()) {
                selected.add(item.group(1) + item.group(2));
            }
            Matcher next = TOKEN.matcher(answer);
            token = next.find() ? ",\"NextToken\":\"" + next.group(1) + "\"" : "";
        } while (!token.isEmpty());
        return selected;
    }

    private String condition(int depth) {
        if (depth == 0 || random.nextInt(3) == 0) {
            return term();
        }
        return switch (random.nextInt(6)) {
            case 0 -> "NOT (" + condition(depth - 1) + ")";
            case 1 -> "(" + condition(depth - 1) + " OR " + condition(depth - 1) + ")";
            case 2 -> "id='" + id() + "' AND " + condition(depth - 1);
            default -> condition(depth - 1) + " AND " + condition(depth - 1);
        };
    }

    private String term() {
        int n = random.nextInt(7);
        return switch (random.nextInt(11)) {
            case 0, 1, 2 -> "id='" + id() + "'";
            case 3 -> "id IN ['" + id() + "','" + id() + "']";
            case 4 -> "n IN (" + n + "," + random.nextInt(7) + ")";
            case 5 -> "n BETWEEN " + n + " AND " + (n + random.nextInt(3));
            case 6 -> n + " " + comparator() + " n";
            case 7 -> "begins_with(id,'" + id() + "')";
            case 8 -> "x IS MISSING";
            case 9 -> "x " + comparator() + " " + random.nextInt(3);
            default -> "n " + comparator() + " " + n;
        };
    }

    private String id() {
        return IDS.get(random.nextInt(IDS.size()));
    }

    private String comparator() {
        return List.of("=", "<>", "<", "<=", ">", ">=").get(random.nextInt(6));
    }
}
