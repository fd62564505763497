package dev.meridian.table.operation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The parameters from before there were expressions: old SDKs and object mappers still send them. */
class LegacyParametersTest {

    private static final String MIXED =
            "ValidationException: Can not use both expression and non-expression parameters in the same request: ";
    private static final String INVALID = "ValidationException: One or more parameter values were invalid: ";

    private final TestTable table = TestTable.indexed();

    @BeforeEach
    void fill() {
        for (int n = 1; n <= 4; n++) {
            run(
                    "PutItem",
                    "'Item':{'id':{'S':'a'},'n':{'N':'" + n + "'},'x':{'N':'" + n * 10
                            + "'},'s':{'SS':['p','q']},'l':{'S':'l" + n + "'}}");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'x':{'Value':{'N':'10'}}} | true",
                "{'x':{'Value':{'N':'11'}}} | false",
                "{'x':{'Exists':false}} | false",
                "{'y':{'Exists':false}} | true",
                "{'x':{'ComparisonOperator':'GT','Value':{'N':'9'}}} | true",
                "{'x':{'ComparisonOperator':'BETWEEN','AttributeValueList':[{'N':'9'},{'N':'10'}]}} | true",
                "{'x':{'ComparisonOperator':'IN','AttributeValueList':[{'N':'9'},{'N':'11'}]}} | false",
                "{'x':{'ComparisonOperator':'NE','AttributeValueList':[{'N':'9'}]}} | true",
                "{'y':{'ComparisonOperator':'NULL'}} | true",
                "{'y':{'ComparisonOperator':'NOT_NULL'}} | false",
                "{'s':{'ComparisonOperator':'CONTAINS','AttributeValueList':[{'S':'p'}]}} | true",
                "{'s':{'ComparisonOperator':'NOT_CONTAINS','AttributeValueList':[{'S':'p'}]}} | false",
                "{'l':{'ComparisonOperator':'BEGINS_WITH','AttributeValueList':[{'S':'l'}]}} | true",
                "{'x':{'Value':{'N':'11'}},'y':{'Exists':false}} | false",
                "{'x':{'Value':{'N':'11'}},'y':{'Exists':false}},'ConditionalOperator':'OR' | true",
            })
    void expectationsDecideWrites(String expected, boolean met) {
        String answer = run("DeleteItem", "'Key':{'id':{'S':'a'},'n':{'N':'1'}},'Expected':" + expected);
        assertThat(answer).isEqualTo(met ? "{}" : "ConditionalCheckFailedException: The conditional request failed");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'x':{'Value':{'N':'1'},'AttributeValueList':[]}} | Value and AttributeValueList cannot be used together for Attribute: x",
                "{'x':{'Exists':true,'ComparisonOperator':'EQ','Value':{'N':'1'}}} | Exists and ComparisonOperator cannot be used together for Attribute: x",
                "{'x':{'ComparisonOperator':'EQ'}} | Value or AttributeValueList must be used with ComparisonOperator: EQ for Attribute: x",
                "{'x':{'ComparisonOperator':'BETWEEN','Value':{'N':'1'}}} | Invalid number of argument(s) for the BETWEEN ComparisonOperator",
                "{'x':{'ComparisonOperator':'IN','AttributeValueList':[{'N':'1'},{'S':'1'}]}} | AttributeValues inside AttributeValueList must be of same type",
                "{'x':{'ComparisonOperator':'LT','AttributeValueList':[{'BOOL':true}]}} | ComparisonOperator LT is not valid for BOOL AttributeValue type",
                "{'x':{'AttributeValueList':[]}} | AttributeValueList can only be used with a ComparisonOperator for Attribute: x",
                "{'x':{}} | Value must be provided when Exists is null for Attribute: x",
                "{'x':{'Exists':true}} | Value must be provided when Exists is true for Attribute: x",
                "{'x':{'Exists':false,'Value':{'N':'1'}}} | Value cannot be used when Exists is false for Attribute: x",
            })
    void refusesExpectationsInTheServicesWords(String expected, String error) {
        assertThat(run("DeleteItem", "'Key':{'id':{'S':'a'},'n':{'N':'1'}},'Expected':" + expected))
                .isEqualTo(INVALID + error);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'x':{'Value':{'N':'7'}}} | 'x':{'N':'7'}",
                "{'x':{'Action':'ADD','Value':{'N':'7'}}} | 'x':{'N':'17'}",
                "{'s':{'Action':'DELETE','Value':{'SS':['p']}}} | 's':{'SS':['q']}",
                "{'s':{'Action':'ADD','Value':{'SS':['r']}}} | 's':{'SS':['p','q','r']}",
                "{'new':{'Action':'ADD','Value':{'L':[{'S':'e'}]}}} | 'new':{'L':[{'S':'e'}]}",
                "{'x':{'Value':{'S':'1'}},'s':{'Action':'DELETE'}} | {'Attributes':{'id':{'S':'a'},'n':{'N':'1'},'x':{'S':'1'},'l':{'S':'l1'}}}",
                "{'x':{}} | Only DELETE action is allowed when no attribute value is specified",
                "{'x':{'Action':'DELETE','Value':{'S':'1'}}} | DELETE action with value is not supported for the type S",
                "{'x':{'Action':'ADD','Value':{'S':'1'}}} | ADD action is not supported for the type S",
                "{'n':{'Value':{'N':'1'}}} | Cannot update attribute n. This attribute is part of the key",
            })
    void updatesAttributes(String updates, String expected) {
        String answer = run(
                "UpdateItem",
                "'Key':{'id':{'S':'a'},'n':{'N':'1'}},'ReturnValues':'ALL_NEW','AttributeUpdates':" + updates);
        assertThat(answer).contains(expected.replace('\'', '"'));
    }

    @Test
    void takingAwayFromNothingMakesNothing() {
        String key = "'Key':{'id':{'S':'none'},'n':{'N':'1'}}";
        assertThat(run("UpdateItem", key + ",'AttributeUpdates':{'x':{'Action':'DELETE'}}"))
                .isEqualTo("{}");
        assertThat(run("UpdateItem", key + ",'UpdateExpression':'REMOVE x'")).isEqualTo("{}");
        assertThat(run("GetItem", key)).isEqualTo("{}");
        assertThat(run("UpdateItem", key)).isEqualTo("{}");
        assertThat(run("GetItem", key)).contains("none");
    }

    @Test
    void queriesAndFilters() {
        String answer = run(
                "Query",
                "'KeyConditions':{'id':{'ComparisonOperator':'EQ','AttributeValueList':[{'S':'a'}]},"
                        + "'n':{'ComparisonOperator':'GE','AttributeValueList':[{'N':'2'}]}},"
                        + "'QueryFilter':{'x':{'ComparisonOperator':'LT','AttributeValueList':[{'N':'40'}]}},"
                        + "'AttributesToGet':['n']");
        assertThat(answer)
                .isEqualTo("{\"Items\":[{\"n\":{\"N\":\"2\"}},{\"n\":{\"N\":\"3\"}}],\"Count\":2,\"ScannedCount\":3}");
        assertThat(
                        run(
                                "Scan",
                                "'Select':'COUNT','ScanFilter':{'x':{'ComparisonOperator':'GT','AttributeValueList':[{'N':'20'}]}}"))
                .isEqualTo("{\"Count\":2,\"ScannedCount\":4}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{} | Conditions can be of length 1 or 2 only",
                "{'id':{'ComparisonOperator':'NE','AttributeValueList':[{'S':'a'}]}} | Attempted conditional constraint is not an indexable operation",
                "{'n':{'ComparisonOperator':'EQ','AttributeValueList':[{'N':'1'}]}} | Query condition missed key schema element: id",
                "{'id':{'ComparisonOperator':'GT','AttributeValueList':[{'S':'a'}]}} | Query key condition not supported",
            })
    void refusesKeyConditionsInTheServicesWords(String conditions, String error) {
        assertThat(run("Query", "'KeyConditions':" + conditions)).isEqualTo("ValidationException: " + error);
    }

    @Test
    void aQueryFilterHasNoKeyAttributes() {
        assertThat(run(
                        "Query",
                        "'KeyConditions':{'id':{'ComparisonOperator':'EQ','AttributeValueList':[{'S':'a'}]}},"
                                + "'QueryFilter':{'n':{'ComparisonOperator':'EQ','AttributeValueList':[{'N':'1'}]}}"))
                .isEqualTo("ValidationException: QueryFilter can only contain non-primary key attributes: "
                        + "Primary key attribute: n");
    }

    @Test
    void oneRequestSpeaksOneLanguage() {
        assertThat(run(
                        "Scan",
                        "'AttributesToGet':['a'],'ScanFilter':{'a':{'ComparisonOperator':'NULL'}},'ConditionalOperator':'AND',"
                                + "'FilterExpression':'a = :v','ProjectionExpression':'b'"))
                .isEqualTo(MIXED + "Non-expression parameters: {AttributesToGet, ScanFilter, ConditionalOperator} "
                        + "Expression parameters: {ProjectionExpression, FilterExpression}");
        assertThat(run("UpdateItem", "'Key':{},'ConditionalOperator':'AND','UpdateExpression':'SET a = :v'"))
                .isEqualTo(MIXED + "Non-expression parameters: {ConditionalOperator} "
                        + "Expression parameters: {UpdateExpression}");
        assertThat(run(
                        "Query",
                        "'KeyConditions':{'id':{'ComparisonOperator':'EQ','AttributeValueList':[{'S':'a'}]}},"
                                + "'ProjectionExpression':'n'"))
                .contains("\"Count\":4");
    }

    @Test
    void aConditionalOperatorJoinsTwoOrMore() {
        assertThat(run("Scan", "'ConditionalOperator':'AND'"))
                .isEqualTo("ValidationException: ConditionalOperator cannot be used without Filter or Expected");
        assertThat(run("Scan", "'ConditionalOperator':'AND','ScanFilter':{'a':{'ComparisonOperator':'NULL'}}"))
                .isEqualTo(
                        "ValidationException: ConditionalOperator can only be used when Filter or Expected has two or "
                                + "more elements");
    }

    @Test
    void attributesToGetAreGivenOnce() {
        assertThat(run("GetItem", "'Key':{'id':{'S':'a'},'n':{'N':'1'}},'AttributesToGet':['x','x']"))
                .isEqualTo(INVALID + "Duplicate value in attribute name: x");
        assertThat(run("GetItem", "'Key':{'id':{'S':'a'},'n':{'N':'1'}},'AttributesToGet':['x']"))
                .isEqualTo("{\"Item\":{\"x\":{\"N\":\"10\"}}}");
    }

    private String run(String operation, String members) {
        return table.run(operation, ("{'TableName':'table'," + members + "}").replace('\'', '"'));
    }
}
