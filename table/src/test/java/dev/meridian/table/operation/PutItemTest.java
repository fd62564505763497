package dev.meridian.table.operation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PutItemTest {

    private final TestTable table = TestTable.simple();

    @Test
    void storesAndReturnsWhatWasThere() {
        assertThat(put("{\"id\":{\"S\":\"1\"},\"v\":{\"N\":\"1.0\"}}", "")).isEqualTo("{}");
        assertThat(put("{\"id\":{\"S\":\"1\"}}", ",\"ReturnValues\":\"ALL_OLD\""))
                .isEqualTo("{\"Attributes\":{\"id\":{\"S\":\"1\"},\"v\":{\"N\":\"1\"}}}");
    }

    @Test
    void aConditionThatFailsChangesNothingAndMayShowTheItem() {
        put("{\"id\":{\"S\":\"1\"},\"v\":{\"N\":\"1\"}}", "");
        String condition = ",\"ConditionExpression\":\"attribute_not_exists(id)\"";
        assertThat(put("{\"id\":{\"S\":\"1\"}}", condition))
                .isEqualTo("ConditionalCheckFailedException: The conditional request failed");
        assertThat(table.run("GetItem", "{\"TableName\":\"table\",\"Key\":{\"id\":{\"S\":\"1\"}}}"))
                .contains("\"v\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{} | ValidationException: One or more parameter values were invalid: Missing the key id in the item",
                "{\"id\":{\"N\":\"1\"}} | ValidationException: One or more parameter values were invalid: Type mismatch for key id expected: S actual: N",
                "{\"id\":{\"S\":\"\"}} | ValidationException: One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty string value. Key: id",
                "{\"id\":{\"S\":\"1\"},\"x\":{}} | ValidationException: Supplied AttributeValue is empty, must contain exactly one of the supported datatypes",
                "{\"id\":{\"S\":\"1\",\"N\":\"1\"}} | ValidationException: Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes",
                "{\"id\":{\"S\":\"1\"},\"x\":{\"N\":\"abc\"}} | ValidationException: The parameter cannot be converted to a numeric value: abc",
                "{\"id\":{\"S\":\"1\"},\"x\":{\"N\":\"1e10000000\"}} | ValidationException: Number overflow. Attempting to store a number with magnitude larger than supported range",
                "{\"id\":{\"S\":\"1\"},\"x\":{\"SS\":[\"a\",\"a\"]}} | ValidationException: One or more parameter values were invalid: Input collection [a, a] contains duplicates.",
                "{\"id\":{\"S\":\"1\"},\"x\":{\"NS\":[\"1\",\"1.0\"]}} | ValidationException: Input collection contains duplicates",
                "{\"id\":{\"S\":\"1\"},\"x\":{\"NULL\":false}} | ValidationException: One or more parameter values were invalid: Null attribute value types must have the value of true",
                "{\"id\":{\"S\":5}} | SerializationException: NUMBER_VALUE cannot be converted to String",
                "{\"id\":\"1\"} | SerializationException: Unexpected value type in payload",
                "{\"id\":{\"S\":\"1\"},\"x\":{\"B\":\"abc\"}} | SerializationException: Base64 encoded length is expected a multiple of 4 bytes but found: 3",
                "{\"id\":{\"S\":\"1\"},\"x\":{\"S\":\"\\ud800\"}} | SerializationException: String contains a surrogate without its pair",
            })
    void refusesInTheServicesWords(String item, String error) {
        assertThat(put(item, "")).isEqualTo(error);
    }

    @Test
    void refusesWhatTheModelForbids() {
        assertThat(table.run("PutItem", "{\"Item\":{\"id\":{\"S\":\"1\"}},\"ReturnValues\":\"SOME\"}"))
                .isEqualTo(
                        "ValidationException: 2 validation errors detected: Value null at 'tableName' failed to satisfy "
                                + "constraint: Member must not be null; Value 'SOME' at 'returnValues' failed to satisfy constraint: "
                                + "Member must satisfy enum value set: [ALL_NEW, UPDATED_OLD, ALL_OLD, NONE, UPDATED_NEW]");
    }

    @Test
    void refusesItemOver400KiB() {
        assertThat(put("{\"id\":{\"S\":\"1\"},\"v\":{\"S\":\"" + "x".repeat(400 * 1024 - 3) + "\"}}", ""))
                .isEqualTo("ValidationException: Item size has exceeded the maximum allowed size");
        assertThat(put("{\"id\":{\"S\":\"1\"},\"v\":{\"S\":\"" + "x".repeat(400 * 1024 - 4) + "\"}}", ""))
                .isEqualTo("{}");
    }

    @Test
    void refusesNestingPast32Levels() {
        assertThat(put(nested(31), "")).isEqualTo("{}");
        assertThat(put(nested(40), "")).isEqualTo("ValidationException: Nesting Levels have exceeded supported limits");
        assertThat(put(nested(100_000), "")).startsWith("SerializationException");
    }

    @Test
    void namesAndValuesMustBeUsedAndDefined() {
        assertThat(put("{\"id\":{\"S\":\"1\"}}", ",\"ExpressionAttributeNames\":{\"#a\":\"a\"}"))
                .isEqualTo(
                        "ValidationException: ExpressionAttributeNames can only be specified when using expressions");
        assertThat(put("{\"id\":{\"S\":\"1\"}}", ",\"ConditionExpression\":\"a = :v\""))
                .isEqualTo(
                        "ValidationException: Invalid ConditionExpression: An expression attribute value used in expression "
                                + "is not defined; attribute value: :v");
        assertThat(
                        put(
                                "{\"id\":{\"S\":\"1\"}}",
                                ",\"ConditionExpression\":\"attribute_not_exists(a)\",\"ExpressionAttributeNames\":{\"#a\":\"a\"}"))
                .isEqualTo(
                        "ValidationException: Value provided in ExpressionAttributeNames unused in expressions: keys: {#a}");
    }

    private static String nested(int levels) {
        return "{\"id\":{\"S\":\"1\"},\"v\":" + "{\"L\":[".repeat(levels) + "{\"N\":\"1\"}" + "]}".repeat(levels) + "}";
    }

    private String put(String item, String more) {
        return table.run("PutItem", "{\"TableName\":\"table\",\"Item\":" + item + more + "}");
    }
}
