package dev.meridian.node.wire;

import static dev.meridian.node.wire.WireTarget.answer;
import static dev.meridian.node.wire.WireTarget.put;
import static dev.meridian.node.wire.WireTarget.refuses;
import static dev.meridian.node.wire.WireTarget.refusesAsInvalid;
import static dev.meridian.node.wire.WireTarget.refusesToRead;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class BatchGetItemTest {

    private static String table = "";

    @BeforeAll
    static void makeTable() {
        table = WireTarget.table("id:S");
    }

    private static String keys(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "{'id':{'S':'" + i + "'}}")
                .collect(Collectors.joining(",", "[", "]"));
    }

    private static String batch(String keys, String more) {
        return ("{'RequestItems':{'" + table + "':{'Keys':" + keys + more + "}}}").replace('\'', '"');
    }

    @Nested
    class Serialization {

        @Test
        void namesWhatCannotBeRequestItems() {
            refusesToRead("BatchGetItem", "{\"RequestItems\":\"x\"}", "Unexpected field type");
        }
    }

    @Nested
    class Validation {

        @Test
        void takesAHundredKeysAndNoMore() {
            answer("BatchGetItem", batch(keys(100), ""));
            RawHttp.Response response = WireTarget.call("BatchGetItem", batch(keys(101), ""));
            assertThat(response.status()).isEqualTo(400);
            assertThat(response.text()).contains("#ValidationException").contains("100");
        }

        @Test
        void refusesTheSameKeyTwice() {
            refusesAsInvalid(
                    "BatchGetItem",
                    batch("[{'id':{'S':'1'}},{'id':{'S':'1'}}]", ""),
                    "Provided list of item keys contains duplicates");
        }

        @Test
        void knowsWhichTablesThereAre() {
            refuses(
                    "BatchGetItem",
                    "{\"RequestItems\":{\"no-such-table\":{\"Keys\":[{\"id\":{\"S\":\"1\"}}]}}}",
                    "ResourceNotFoundException",
                    "Requested resource not found");
        }
    }

    @Nested
    class Behaviour {

        @Test
        void findsWhatThereIs() {
            put(table, "{'id':{'S':'1'},'a':{'S':'x'},'b':{'S':'y'}}");
            assertThat(answer(
                            "BatchGetItem",
                            batch("[{'id':{'S':'1'}},{'id':{'S':'none'}}]", ",'ProjectionExpression':'a'")))
                    .isEqualTo("{\"Responses\":{\"" + table + "\":[{\"a\":{\"S\":\"x\"}}]},\"UnprocessedKeys\":{}}");
        }

        @Test
        void leavesWhatDoesNotFitInto16Megabytes() {
            String value = "x".repeat(390_000);
            for (int i = 0; i < 45; i++) {
                put(table, "{'id':{'S':'" + i + "'},'v':{'S':'" + value + "'}}");
            }
            String answer = answer("BatchGetItem", batch(keys(45), ""));
            assertThat(answer.length()).isBetween(16_000_000, (16 << 20) + 10_000);
            assertThat(answer.substring(answer.lastIndexOf("\"UnprocessedKeys\"")))
                    .contains(table)
                    .contains("Keys");
        }
    }
}
