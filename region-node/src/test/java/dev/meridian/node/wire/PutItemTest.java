package dev.meridian.node.wire;

import static dev.meridian.node.wire.WireTarget.answer;
import static dev.meridian.node.wire.WireTarget.on;
import static dev.meridian.node.wire.WireTarget.put;
import static dev.meridian.node.wire.WireTarget.refuses;
import static dev.meridian.node.wire.WireTarget.refusesAsInvalid;
import static dev.meridian.node.wire.WireTarget.refusesToRead;
import static dev.meridian.node.wire.WireTarget.sdk;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;

class PutItemTest {

    private static String table = "";
    private static String ranged = "";

    @BeforeAll
    static void makeTables() {
        table = WireTarget.table("id:S");
        ranged = WireTarget.table("id:S", "at:N");
    }

    private static void invalidValue(String value, String text) {
        refusesAsInvalid("PutItem", on(table, "'Item':{'id':{'S':'1'},'a':" + value + "}"), text);
    }

    @Nested
    class Serialization {

        @Test
        void namesWhatCannotBeATableName() {
            refusesToRead("PutItem", "{\"TableName\":23}", "NUMBER_VALUE cannot be converted to String");
            refusesToRead("PutItem", "{\"TableName\":true}", "TRUE_VALUE cannot be converted to String");
            refusesToRead("PutItem", "{\"TableName\":[]}", "Unrecognized collection type class java.lang.String");
            refusesToRead("PutItem", "{\"TableName\":{}}", "Start of structure or map found where not expected");
        }

        @Test
        void namesWhatCannotBeAnItem() {
            refusesToRead("PutItem", "{\"Item\":\"x\"}", "Unexpected field type");
            refusesToRead(
                    "PutItem",
                    "{\"Item\":[]}",
                    "Unrecognized collection type java.util.Map<java.lang.String, "
                            + "com.amazonaws.dynamodb.v20120810.AttributeValue>");
        }

        @Test
        void refusesNumbersThatAreNotText() {
            refusesToRead("PutItem", on(table, "'Item':{'id':{'N':1}}"), "NUMBER_VALUE cannot be converted to String");
        }

        @Test
        void refusesBinaryThatIsNotBase64() {
            assertThat(WireTarget.call("PutItem", on(table, "'Item':{'id':{'S':'1'},'a':{'B':'a b'}}"))
                            .status())
                    .isEqualTo(400);
        }
    }

    @Nested
    class Validation {

        @Test
        void checksWhatIsEnumerated() {
            RawHttp.Response response = WireTarget.call(
                    "PutItem", on(table, "'Item':{'id':{'S':'1'}},'ReturnValues':'BLA','ReturnConsumedCapacity':'x'"));
            assertThat(response.status()).isEqualTo(400);
            assertThat(response.text())
                    .contains("2 validation errors detected: ")
                    .contains("Value 'BLA' at 'returnValues' failed to satisfy constraint: "
                            + "Member must satisfy enum value set: [");
        }

        @Test
        void wantsExactlyOneTypeInAValue() {
            invalidValue("{}", "Supplied AttributeValue is empty, must contain exactly one of the supported datatypes");
            invalidValue(
                    "{'S':'a','N':'1'}",
                    "Supplied AttributeValue has more than one datatypes set, "
                            + "must contain exactly one of the supported datatypes");
        }

        @Test
        void wantsNamesForAttributes() {
            refusesAsInvalid("PutItem", on(table, "'Item':{'id':{'S':'1'},'':{'S':'x'}}"), "Empty attribute name");
            invalidValue("{'M':{'':{'S':'x'}}}", "Empty attribute name");
            refusesAsInvalid(
                    "PutItem",
                    on(table, "'Item':{'id':{'S':'1'},'" + "a".repeat(65_536) + "':{'S':'x'}}"),
                    "Attribute name is too large, must be less than 65536 bytes");
            assertThat(WireTarget.answer(
                            "PutItem", on(table, "'Item':{'id':{'S':'1'},'" + "a".repeat(65_535) + "':{'S':'x'}}")))
                    .isEqualTo("{}");
            refusesAsInvalid(
                    "PutItem",
                    on(
                            table,
                            "'Item':{'id':{'S':'1'}},'ConditionExpression':'attribute_exists(#a)',"
                                    + "'ExpressionAttributeNames':{'#a':''}"),
                    "ExpressionAttributeNames contains invalid value: Empty attribute name for key #a");
        }

        @Test
        void tellsOfOperandsOfTheWrongType() {
            String wrong = "Invalid ConditionExpression: Incorrect operand type for operator or function; "
                    + "operator or function: ";
            for (String[] expression : new String[][] {
                {"size(size(a)) > b", "size, operand type: N"},
                {"begins_with(a,size(b))", "begins_with, operand type: N"},
                {"attribute_type(a,b)", "attribute_type, operand type: {NS,SS,L,BS,N,M,B,BOOL,NULL,S}"}
            }) {
                refusesAsInvalid(
                        "PutItem",
                        on(table, "'Item':{'id':{'S':'1'}},'ConditionExpression':'" + expression[0] + "'"),
                        wrong + expression[1]);
            }
        }

        @Test
        void checksNumbers() {
            invalidValue("{'N':'b'}", "The parameter cannot be converted to a numeric value: b");
            invalidValue("{'N':''}", "The parameter cannot be converted to a numeric value");
            invalidValue(
                    "{'N':'1" + "0".repeat(37) + "1'}",
                    "Attempting to store more than 38 significant digits in a Number");
            invalidValue(
                    "{'N':'1e126'}",
                    "Number overflow. Attempting to store a number with magnitude larger than supported range");
            invalidValue(
                    "{'N':'1e-131'}",
                    "Number underflow. Attempting to store a number with magnitude smaller than supported range");
            invalidValue(
                    "{'N':'1e10000000'}",
                    "Number overflow. Attempting to store a number with magnitude larger than supported range");
        }

        @Test
        void checksSets() {
            invalidValue("{'SS':[]}", "One or more parameter values were invalid: An string set  may not be empty");
            invalidValue(
                    "{'SS':['a','a']}",
                    "One or more parameter values were invalid: Input collection [a, a] contains duplicates.");
            invalidValue("{'NS':['1','1.0']}", "Input collection contains duplicates");
        }

        @Test
        void wantsNullToBeTrue() {
            invalidValue(
                    "{'NULL':false}",
                    "One or more parameter values were invalid: Null attribute value types must have the value of true");
        }

        @Test
        void wantsTheKeyInTheItem() {
            refusesAsInvalid(
                    "PutItem",
                    on(table, "'Item':{'x':{'S':'1'}}"),
                    "One or more parameter values were invalid: Missing the key id in the item");
            refusesAsInvalid(
                    "PutItem",
                    on(ranged, "'Item':{'id':{'S':'1'}}"),
                    "One or more parameter values were invalid: Missing the key at in the item");
        }

        @Test
        void wantsTheKeysType() {
            refusesAsInvalid(
                    "PutItem",
                    on(table, "'Item':{'id':{'N':'1'}}"),
                    "One or more parameter values were invalid: Type mismatch for key id expected: S actual: N");
        }

        @Test
        void wantsKeysThatAreNotEmpty() {
            refusesAsInvalid(
                    "PutItem",
                    on(table, "'Item':{'id':{'S':''}}"),
                    "One or more parameter values are not valid. The AttributeValue for a key attribute "
                            + "cannot contain an empty string value. Key: id");
        }

        @Test
        void limitsKeys() {
            refusesAsInvalid(
                    "PutItem",
                    on(table, "'Item':{'id':{'S':'" + "x".repeat(2_049) + "'}}"),
                    "One or more parameter values were invalid: Size of hashkey has exceeded the maximum size limit "
                            + "of2048 bytes");
        }

        @Test
        void limitsItemsTo400KilobytesAsStored() {
            String rest = "x".repeat(400 * 1_024 - "id".length() - 1 - "a".length());
            put(table, "{'id':{'S':'1'},'a':{'S':'" + rest + "'}}");
            invalidValue("{'S':'" + rest + "x'}", "Item size has exceeded the maximum allowed size");
        }

        @Test
        void checksExpressions() {
            refusesAsInvalid(
                    "PutItem",
                    on(table, "'Item':{'id':{'S':'1'}},'ConditionExpression':''"),
                    "Invalid ConditionExpression: The expression can not be empty;");
            refusesAsInvalid(
                    "PutItem",
                    on(table, "'Item':{'id':{'S':'1'}},'ConditionExpression':'a = :v'"),
                    "Invalid ConditionExpression: An expression attribute value used in expression is not defined; "
                            + "attribute value: :v");
            refusesAsInvalid(
                    "PutItem",
                    on(table, "'Item':{'id':{'S':'1'}},'ConditionExpression':'attribute_exists(name)'"),
                    "Invalid ConditionExpression: Attribute name is a reserved keyword; reserved keyword: name");
            refusesAsInvalid(
                    "PutItem",
                    on(
                            table,
                            "'Item':{'id':{'S':'1'}},'ConditionExpression':'attribute_exists(a)',"
                                    + "'ExpressionAttributeValues':{':b':{'S':'x'}}"),
                    "Value provided in ExpressionAttributeValues unused in expressions: keys: {:b}");
            refusesAsInvalid(
                    "PutItem",
                    on(table, "'Item':{'id':{'S':'1'}},'ExpressionAttributeNames':{'#a':'a'}"),
                    "ExpressionAttributeNames can only be specified when using expressions");
            refusesAsInvalid(
                    "PutItem",
                    on(table, "'Item':{'id':{'S':'1'}},'ConditionExpression':'" + "a".repeat(4_097) + "'"),
                    "Invalid ConditionExpression: Expression size has exceeded the maximum allowed size; "
                            + "expression size: 4097");
        }

        @Test
        void returnsOnlyOldValues() {
            refusesAsInvalid(
                    "PutItem",
                    on(table, "'Item':{'id':{'S':'1'}},'ReturnValues':'ALL_NEW'"),
                    "ReturnValues can only be ALL_OLD or NONE");
        }

        @Test
        void knowsWhichTablesThereAre() {
            refuses(
                    "PutItem",
                    on("no-such-table", "'Item':{'id':{'S':'1'}}"),
                    "ResourceNotFoundException",
                    "Requested resource not found");
        }
    }

    @Nested
    class Behaviour {

        @Test
        void keepsEveryType() {
            Map<String, AttributeValue> item = Map.of(
                    "id", AttributeValue.fromS("types"),
                    "s", AttributeValue.fromS("zażółć 🐈 \u0000\n"),
                    "n", AttributeValue.fromN("-123456789012345678901234567890.12345678"),
                    "b", AttributeValue.fromB(SdkBytes.fromByteArray(new byte[] {0, -1, 127})),
                    "ss", AttributeValue.fromSs(List.of("a", "b")),
                    "ns", AttributeValue.fromNs(List.of("1", "2.5")),
                    "bs", AttributeValue.fromBs(List.of(SdkBytes.fromUtf8String("x"))),
                    "m",
                            AttributeValue.fromM(
                                    Map.of("l", AttributeValue.fromL(List.of(AttributeValue.fromBool(true))))),
                    "nul", AttributeValue.fromNul(true),
                    "empty", AttributeValue.fromS(""));

            sdk().putItem(put -> put.tableName(table).item(item));

            assertThat(sdk().getItem(get -> get.tableName(table)
                                    .consistentRead(true)
                                    .key(Map.of("id", AttributeValue.fromS("types"))))
                            .item())
                    .isEqualTo(item);
        }

        @Test
        void writesNumbersInTheirShortestForm() {
            put(table, "{'id':{'S':'n'},'a':{'N':'0001.500'},'b':{'N':'-0'},'c':{'N':'1E+3'},'d':{'N':'1e-5'}}");
            assertThat(answer("GetItem", on(table, "'Key':{'id':{'S':'n'}}")))
                    .contains("\"a\":{\"N\":\"1.5\"}")
                    .contains("\"b\":{\"N\":\"0\"}")
                    .contains("\"c\":{\"N\":\"1000\"}")
                    .contains("\"d\":{\"N\":\"0.00001\"}");
        }

        @Test
        void replacesTheWholeItemAndReturnsTheOldOne() {
            put(table, "{'id':{'S':'r'},'a':{'S':'1'}}");
            assertThat(answer("PutItem", on(table, "'Item':{'id':{'S':'r'},'b':{'S':'2'}},'ReturnValues':'ALL_OLD'")))
                    .startsWith("{\"Attributes\":{")
                    .contains("\"id\":{\"S\":\"r\"}")
                    .contains("\"a\":{\"S\":\"1\"}");
            assertThat(answer("GetItem", on(table, "'Key':{'id':{'S':'r'}}"))).doesNotContain("\"a\"");
        }

        @Test
        void answersAnEmptyObjectWhereThereWasNothing() {
            assertThat(answer("PutItem", on(table, "'Item':{'id':{'S':'new'}},'ReturnValues':'ALL_OLD'")))
                    .isEqualTo("{}");
        }

        @Test
        void writesOnlyWhereTheConditionHolds() {
            put(table, "{'id':{'S':'c'},'v':{'N':'1'}}");
            assertThatThrownBy(() -> sdk().putItem(put -> put.tableName(table)
                            .item(Map.of("id", AttributeValue.fromS("c"), "v", AttributeValue.fromN("9")))
                            .conditionExpression("attribute_not_exists(id)")
                            .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)))
                    .isInstanceOfSatisfying(ConditionalCheckFailedException.class, failed -> {
                        assertThat(failed.awsErrorDetails().errorMessage()).isEqualTo("The conditional request failed");
                        assertThat(failed.item()).containsEntry("v", AttributeValue.fromN("1"));
                    });
            sdk().putItem(put -> put.tableName(table)
                    .item(Map.of("id", AttributeValue.fromS("c"), "v", AttributeValue.fromN("2")))
                    .conditionExpression("v = :one")
                    .expressionAttributeValues(Map.of(":one", AttributeValue.fromN("1.0"))));
            assertThat(answer("GetItem", on(table, "'Key':{'id':{'S':'c'}}"))).contains("\"N\":\"2\"");
        }

        @Test
        void tellsTheCapacityItTook() {
            String item = "'Item':{'id':{'S':'cap'},'a':{'S':'" + "x".repeat(1_500) + "'}}";
            assertThat(answer("PutItem", on(table, item + ",'ReturnConsumedCapacity':'TOTAL'")))
                    .isEqualTo("{\"ConsumedCapacity\":{\"TableName\":\"" + table + "\",\"CapacityUnits\":2.0}}");
        }

        @Test
        void takesATableByItsArn() {
            String arn = sdk().describeTable(describe -> describe.tableName(table))
                    .table()
                    .tableArn();
            assertThat(sdk().putItem(put -> put.tableName(arn)
                                    .item(Map.of("id", AttributeValue.fromS("arn")))
                                    .returnValues(ReturnValue.ALL_OLD))
                            .sdkHttpResponse()
                            .isSuccessful())
                    .isTrue();
        }
    }
}
