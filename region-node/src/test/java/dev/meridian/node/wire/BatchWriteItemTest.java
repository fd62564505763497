package dev.meridian.node.wire;

import static dev.meridian.node.wire.WireTarget.answer;
import static dev.meridian.node.wire.WireTarget.on;
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

class BatchWriteItemTest {

    private static String table = "";

    @BeforeAll
    static void makeTable() {
        table = WireTarget.table("id:S");
    }

    private static String puts(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "{'PutRequest':{'Item':{'id':{'S':'p" + i + "'}}}}")
                .collect(Collectors.joining(",", "[", "]"));
    }

    private static String batch(String requests) {
        return ("{'RequestItems':{'" + table + "':" + requests + "}}").replace('\'', '"');
    }

    @Nested
    class Serialization {

        @Test
        void namesWhatCannotBeRequests() {
            refusesToRead("BatchWriteItem", "{\"RequestItems\":{\"abc\":5}}", "Unexpected field type");
        }
    }

    @Nested
    class Validation {

        @Test
        void takes25RequestsAndNoMore() {
            answer("BatchWriteItem", batch(puts(25)));
            RawHttp.Response response = WireTarget.call("BatchWriteItem", batch(puts(26)));
            assertThat(response.status()).isEqualTo(400);
            assertThat(response.text()).contains("#ValidationException").contains("25");
        }

        @Test
        void refusesTheSameKeyTwice() {
            refusesAsInvalid(
                    "BatchWriteItem",
                    batch("[{'PutRequest':{'Item':{'id':{'S':'d'}}}},{'DeleteRequest':{'Key':{'id':{'S':'d'}}}}]"),
                    "Provided list of item keys contains duplicates");
        }

        @Test
        void writesNothingWhereOneItemIsWrong() {
            refusesAsInvalid(
                    "BatchWriteItem",
                    batch("[{'PutRequest':{'Item':{'id':{'S':'good'}}}},{'PutRequest':{'Item':{'x':{'S':'bad'}}}}]"),
                    "One or more parameter values were invalid: Missing the key id in the item");
            assertThat(answer("GetItem", on(table, "'Key':{'id':{'S':'good'}}")))
                    .isEqualTo("{}");
        }

        @Test
        void knowsWhichTablesThereAre() {
            refuses(
                    "BatchWriteItem",
                    "{\"RequestItems\":{\"no-such-table\":[{\"DeleteRequest\":{\"Key\":{\"id\":{\"S\":\"1\"}}}}]}}",
                    "ResourceNotFoundException",
                    "Requested resource not found");
        }
    }

    @Nested
    class Behaviour {

        @Test
        void putsAndDeletes() {
            put(table, "{'id':{'S':'old'}}");
            assertThat(answer(
                            "BatchWriteItem",
                            batch("[{'PutRequest':{'Item':{'id':{'S':'new'}}}},"
                                    + "{'DeleteRequest':{'Key':{'id':{'S':'old'}}}}]")))
                    .isEqualTo("{\"UnprocessedItems\":{}}");
            assertThat(answer("GetItem", on(table, "'Key':{'id':{'S':'new'}}"))).contains("new");
            assertThat(answer("GetItem", on(table, "'Key':{'id':{'S':'old'}}"))).isEqualTo("{}");
        }
    }
}
