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

class DeleteItemTest {

    private static String table = "";

    @BeforeAll
    static void makeTable() {
        table = WireTarget.table("id:S");
    }

    @Nested
    class Serialization {

        @Test
        void namesWhatCannotBeAKey() {
            refusesToRead("DeleteItem", "{\"Key\":\"x\"}", "Unexpected field type");
        }
    }

    @Nested
    class Validation {

        @Test
        void wantsTheKey() {
            refusesAsInvalid(
                    "DeleteItem",
                    on(table, "'Key':{'x':{'S':'1'}}"),
                    "The provided key element does not match the schema");
        }

        @Test
        void returnsOnlyOldValues() {
            refusesAsInvalid(
                    "DeleteItem",
                    on(table, "'Key':{'id':{'S':'1'}},'ReturnValues':'UPDATED_NEW'"),
                    "ReturnValues can only be ALL_OLD or NONE");
        }
    }

    @Nested
    class Behaviour {

        @Test
        void removesAnItemAndReturnsIt() {
            put(table, "{'id':{'S':'1'},'a':{'S':'x'}}");
            assertThat(answer("DeleteItem", on(table, "'Key':{'id':{'S':'1'}},'ReturnValues':'ALL_OLD'")))
                    .startsWith("{\"Attributes\":{")
                    .contains("\"id\":{\"S\":\"1\"}")
                    .contains("\"a\":{\"S\":\"x\"}");
            assertThat(answer("GetItem", on(table, "'Key':{'id':{'S':'1'}},'ConsistentRead':true")))
                    .isEqualTo("{}");
        }

        @Test
        void isDoneWhereThereIsNothing() {
            assertThat(answer("DeleteItem", on(table, "'Key':{'id':{'S':'none'}},'ReturnValues':'ALL_OLD'")))
                    .isEqualTo("{}");
        }

        @Test
        void removesOnlyWhereTheConditionHolds() {
            put(table, "{'id':{'S':'2'},'a':{'S':'x'}}");
            String condition = "'Key':{'id':{'S':'2'}},'ConditionExpression':'a = :a',"
                    + "'ExpressionAttributeValues':{':a':{'S':'%s'}}";
            refuses(
                    "DeleteItem",
                    on(table, condition.formatted("y")),
                    "ConditionalCheckFailedException",
                    "The conditional request failed");
            answer("DeleteItem", on(table, condition.formatted("x")));
            assertThat(answer("GetItem", on(table, "'Key':{'id':{'S':'2'}}"))).isEqualTo("{}");
        }
    }
}
