package dev.meridian.node.wire;

import static dev.meridian.node.wire.WireTarget.answer;
import static dev.meridian.node.wire.WireTarget.on;
import static dev.meridian.node.wire.WireTarget.put;
import static dev.meridian.node.wire.WireTarget.refuses;
import static dev.meridian.node.wire.WireTarget.refusesAsInvalid;
import static dev.meridian.node.wire.WireTarget.refusesToRead;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class UpdateItemTest {

    private static String table = "";

    @BeforeAll
    static void makeTable() {
        table = WireTarget.table("id:S");
    }

    private static String update(String id, String expression, String values) {
        return on(
                table,
                "'Key':{'id':{'S':'" + id + "'}},'UpdateExpression':'" + expression + "'"
                        + (values.isEmpty() ? "" : ",'ExpressionAttributeValues':{" + values + "}"));
    }

    @Nested
    class Serialization {

        @Test
        void namesWhatCannotBeAnExpression() {
            refusesToRead("UpdateItem", "{\"UpdateExpression\":5}", "NUMBER_VALUE cannot be converted to String");
        }
    }

    @Nested
    class Validation {

        @Test
        void refusesToChangeTheKey() {
            refusesAsInvalid(
                    "UpdateItem",
                    update("1", "SET id = :v", "':v':{'S':'2'}"),
                    "One or more parameter values were invalid: Cannot update attribute id. "
                            + "This attribute is part of the key");
        }

        @Test
        void refusesAnEmptyExpression() {
            refusesAsInvalid(
                    "UpdateItem", update("1", "", ""), "Invalid UpdateExpression: The expression can not be empty;");
        }

        @Test
        void refusesTheSameSectionTwice() {
            refusesAsInvalid(
                    "UpdateItem",
                    update("1", "SET a = :v SET b = :v", "':v':{'S':'2'}"),
                    "Invalid UpdateExpression: The \\\"SET\\\" section can only be used once in an update expression;"
                            .replace("\\", ""));
        }

        @Test
        void refusesOverlappingPaths() {
            refusesAsInvalid(
                    "UpdateItem",
                    update("1", "SET a = :v, a.b = :v", "':v':{'S':'2'}"),
                    "Invalid UpdateExpression: Two document paths overlap with each other; must remove or rewrite one "
                            + "of these paths; path one: [a], path two: [a, b]");
        }

        @Test
        void refusesToAddAText() {
            refusesAsInvalid(
                    "UpdateItem",
                    update("1", "ADD a :v", "':v':{'S':'2'}"),
                    "Invalid UpdateExpression: Incorrect operand type for operator or function; "
                            + "operator: ADD, operand type: STRING, typeSet: ALLOWED_FOR_ADD_OPERAND");
        }

        @Test
        void refusesWhatTheItemDoesNotHold() {
            put(table, "{'id':{'S':'v'},'s':{'S':'x'}}");
            refusesAsInvalid(
                    "UpdateItem",
                    update("v", "SET a = b", ""),
                    "The provided expression refers to an attribute that does not exist in the item");
            refusesAsInvalid(
                    "UpdateItem",
                    update("v", "SET a.b = :v", "':v':{'S':'2'}"),
                    "The document path provided in the update expression is invalid for update");
            refusesAsInvalid(
                    "UpdateItem",
                    update("v", "SET s = s + :v", "':v':{'N':'2'}"),
                    "An operand in the update expression has an incorrect data type");
        }

        @Test
        void refusesAResultThatIsTooLargeANumber() {
            put(table, "{'id':{'S':'big'},'n':{'N':'9.9E125'}}");
            refusesAsInvalid(
                    "UpdateItem",
                    update("big", "SET n = n + :v", "':v':{'N':'9.9E125'}"),
                    "Number overflow. Attempting to store a number with magnitude larger than supported range");
        }
    }

    @Nested
    class Behaviour {

        @Test
        void makesAnItemWhereThereIsNone() {
            answer("UpdateItem", update("new", "SET a = :v", "':v':{'S':'2'}"));
            assertThat(answer("GetItem", on(table, "'Key':{'id':{'S':'new'}}")))
                    .contains("\"id\":{\"S\":\"new\"}")
                    .contains("\"a\":{\"S\":\"2\"}");
        }

        @Test
        void knowsEveryAction() {
            put(
                    table,
                    "{'id':{'S':'all'},'n':{'N':'5'},'l':{'L':[{'S':'a'},{'S':'b'}]},'l2':{'L':[{'S':'a'},{'S':'b'}]},'ss':{'SS':['x','y']},"
                            + "'gone':{'S':'x'},'m':{'M':{'k':{'N':'1'}}}}");
            String answer = answer(
                    "UpdateItem",
                    update(
                                    "all",
                                    "SET n = n - :one, l = list_append(l, :l), m.k = if_not_exists(m.k, :one), "
                                            + "m.z = if_not_exists(m.z, :one) REMOVE gone, l2[0] ADD cnt :one "
                                            + "DELETE ss :ss",
                                    "':one':{'N':'1'},':l':{'L':[{'S':'c'}]},':ss':{'SS':['x']}")
                            .replaceFirst("}$", ",\"ReturnValues\":\"ALL_NEW\"}"));
            assertThat(answer)
                    .contains("\"n\":{\"N\":\"4\"}")
                    .contains("\"k\":{\"N\":\"1\"}")
                    .contains("\"z\":{\"N\":\"1\"}")
                    .contains("\"cnt\":{\"N\":\"1\"}")
                    .contains("\"l\":{\"L\":[{\"S\":\"a\"},{\"S\":\"b\"},{\"S\":\"c\"}]}")
                    .contains("\"l2\":{\"L\":[{\"S\":\"b\"}]}")
                    .contains("\"ss\":{\"SS\":[\"y\"]}")
                    .doesNotContain("gone");
        }

        @Test
        void returnsWhatIsAskedFor() {
            put(table, "{'id':{'S':'ret'},'a':{'N':'1'},'b':{'N':'1'}}");
            String[][] asked = {
                {"NONE", "{}"},
                {"UPDATED_OLD", "{\"Attributes\":{\"a\":{\"N\":\"2\"}}}"},
                {"UPDATED_NEW", "{\"Attributes\":{\"a\":{\"N\":\"4\"}}}"}
            };
            for (String[] ask : asked) {
                assertThat(answer(
                                "UpdateItem",
                                update("ret", "SET a = a + :v", "':v':{'N':'1'}")
                                        .replaceFirst("}$", ",\"ReturnValues\":\"" + ask[0] + "\"}")))
                        .as(ask[0])
                        .isEqualTo(ask[1]);
            }
        }

        @Test
        void evaluatesAgainstTheItemAsItWas() {
            put(table, "{'id':{'S':'swap'},'a':{'N':'1'},'b':{'N':'2'}}");
            answer("UpdateItem", update("swap", "SET a = b, b = a", ""));
            assertThat(answer("GetItem", on(table, "'Key':{'id':{'S':'swap'}}")))
                    .contains("\"a\":{\"N\":\"2\"},\"b\":{\"N\":\"1\"}");
        }

        @Test
        void losesNoneOfManyAdditionsAtOnce() {
            List<CompletableFuture<Void>> all = new ArrayList<>();
            for (int worker = 0; worker < 4; worker++) {
                all.add(CompletableFuture.runAsync(() -> {
                    for (int i = 0; i < 50; i++) {
                        answer("UpdateItem", update("count", "ADD n :one", "':one':{'N':'1'}"));
                    }
                }));
            }
            CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).join();
            assertThat(answer("GetItem", on(table, "'Key':{'id':{'S':'count'}}")))
                    .contains("\"N\":\"200\"");
        }

        @Test
        void changesNothingWhereTheConditionFails() {
            put(table, "{'id':{'S':'cond'},'a':{'N':'1'}}");
            refuses(
                    "UpdateItem",
                    update("cond", "SET a = :v", "':v':{'N':'7'}")
                            .replaceFirst("}$", ",\"ConditionExpression\":\"a > :v\"}"),
                    "ConditionalCheckFailedException",
                    "The conditional request failed");
            assertThat(answer("GetItem", on(table, "'Key':{'id':{'S':'cond'}}")))
                    .contains("\"N\":\"1\"");
        }
    }
}
