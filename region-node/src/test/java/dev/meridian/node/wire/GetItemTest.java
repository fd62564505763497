package dev.meridian.node.wire;

import static dev.meridian.node.wire.WireTarget.answer;
import static dev.meridian.node.wire.WireTarget.on;
import static dev.meridian.node.wire.WireTarget.put;
import static dev.meridian.node.wire.WireTarget.refuses;
import static dev.meridian.node.wire.WireTarget.refusesAsInvalid;
import static dev.meridian.node.wire.WireTarget.refusesToRead;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class GetItemTest {

    private static String table = "";

    @BeforeAll
    static void makeTable() {
        table = WireTarget.table("id:S", "at:N");
        put(
                table,
                "{'id':{'S':'1'},'at':{'N':'1'},'m':{'M':{'a':{'L':[{'S':'x'},{'S':'y'},{'S':'z'}]},'b':{'S':'q'}}},"
                        + "'name':{'S':'n'}}");
    }

    @Nested
    class Serialization {

        @Test
        void namesWhatCannotBeAFlag() {
            refusesToRead("GetItem", "{\"ConsistentRead\":\"yes\"}", "Unexpected token received from parser");
            refusesToRead("GetItem", "{\"ConsistentRead\":1}", "NUMBER_VALUE cannot be converted to Boolean");
        }

        @Test
        void passesOverMembersItDoesNotKnow() {
            assertThat(answer("GetItem", on(table, "'Key':{'id':{'S':'0'},'at':{'N':'1'}},'Nonsense':[{'a':1}]")))
                    .isEqualTo("{}");
        }
    }

    @Nested
    class Validation {

        @Test
        void wantsTheWholeKeyAndNothingElse() {
            String text = "The provided key element does not match the schema";
            refusesAsInvalid("GetItem", on(table, "'Key':{'id':{'S':'1'}}"), text);
            refusesAsInvalid("GetItem", on(table, "'Key':{'id':{'S':'1'},'at':{'S':'1'}}"), text);
            refusesAsInvalid("GetItem", on(table, "'Key':{'id':{'S':'1'},'at':{'N':'1'},'x':{'N':'1'}}"), text);
        }

        @Test
        void refusesOverlappingPaths() {
            refusesAsInvalid(
                    "GetItem",
                    on(table, "'Key':{'id':{'S':'1'},'at':{'N':'1'}},'ProjectionExpression':'m, m.a'"),
                    "Invalid ProjectionExpression: Two document paths overlap with each other; must remove or rewrite "
                            + "one of these paths; path one: [m], path two: [m, a]");
        }

        @Test
        void refusesOldAndNewParametersTogether() {
            refusesAsInvalid(
                    "GetItem",
                    on(
                            table,
                            "'Key':{'id':{'S':'1'},'at':{'N':'1'}},'ProjectionExpression':'m','AttributesToGet':['m']"),
                    "Can not use both expression and non-expression parameters in the same request: "
                            + "Non-expression parameters: {AttributesToGet} Expression parameters: "
                            + "{ProjectionExpression}");
        }

        @Test
        void knowsWhichTablesThereAre() {
            refuses(
                    "GetItem",
                    on("no-such-table", "'Key':{'id':{'S':'1'}}"),
                    "ResourceNotFoundException",
                    "Requested resource not found");
        }
    }

    @Nested
    class Behaviour {

        private static final String KEY = "'Key':{'id':{'S':'1'},'at':{'N':'1.0'}}";

        @Test
        void findsAnItemByAnotherSpellingOfItsNumber() {
            assertThat(answer("GetItem", on(table, KEY + ",'ConsistentRead':true")))
                    .contains("\"name\":{\"S\":\"n\"}");
        }

        @Test
        void answersAnEmptyObjectWhereThereIsNothing() {
            assertThat(answer("GetItem", on(table, "'Key':{'id':{'S':'1'},'at':{'N':'2'}}")))
                    .isEqualTo("{}");
        }

        @Test
        void projectsNestedPaths() {
            assertThat(answer(
                            "GetItem",
                            on(
                                    table,
                                    KEY + ",'ProjectionExpression':'m.a[2], #n, m.a[0], nothing.here',"
                                            + "'ExpressionAttributeNames':{'#n':'name'}")))
                    .contains("\"m\":{\"M\":{\"a\":{\"L\":[{\"S\":\"x\"},{\"S\":\"z\"}]}}}")
                    .contains("\"name\"")
                    .doesNotContain("\"id\"");
        }

        @Test
        void tellsTheCapacityItTook() {
            assertThat(answer("GetItem", on(table, KEY + ",'ReturnConsumedCapacity':'TOTAL'")))
                    .contains("\"CapacityUnits\":0.5");
            assertThat(answer("GetItem", on(table, KEY + ",'ConsistentRead':true,'ReturnConsumedCapacity':'TOTAL'")))
                    .contains("\"CapacityUnits\":1.0");
        }
    }
}
