package dev.meridian.table.operation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the operations say of keys: too long, of the wrong type, from somewhere else. */
class KeysTest {

    private static final String INVALID = "ValidationException: One or more parameter values were invalid: ";

    private final TestTable table = TestTable.indexed();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "GetItem | 'Key':{'id':{'S':'a'},'n':{'N':'1'}},'ProjectionExpression':'id.a' | Key: id",
                "GetItem | 'Key':{'id':{'S':'a'},'n':{'N':'1'}},'ProjectionExpression':'x, g[0]' | IndexKey: g",
                "Scan | 'FilterExpression':'attribute_exists(l.a)' | IndexKey: l",
                "PutItem | 'Item':{'id':{'S':'a'},'n':{'N':'1'}},'ConditionExpression':'size(n[1]) = n' | Key: n",
                "DeleteItem | 'Key':{'id':{'S':'a'},'n':{'N':'1'}},'ConditionExpression':'g.x IN (x, y)' | IndexKey: g",
                "UpdateItem | 'Key':{'id':{'S':'a'},'n':{'N':'1'}},'UpdateExpression':'REMOVE g.x' | IndexKey: g",
            })
    void keysHaveNoInside(String operation, String members, String key) {
        assertThat(run(operation, members))
                .isEqualTo(
                        "ValidationException: Key attributes must be scalars; list random access '[]' and map lookup '.' "
                                + "are not allowed: " + key);
    }

    @Test
    void queriesFilterByWhatTheIndexShows() {
        String query = "{'TableName':'table','IndexName':'by-g','KeyConditionExpression':'g = :g','FilterExpression':"
                + "'z = :g or x = :g or y.a = :g','ExpressionAttributeValues':{':g':{'S':'a'}}}";
        assertThat(table.run("Query", json(query)))
                .isEqualTo(INVALID + "Secondary index by-g does not project one or more filter attributes: [y, z]");
    }

    @Test
    void keysHaveTheirLengths() {
        assertThat(TestTable.simple()
                        .run(
                                "GetItem",
                                "{\"TableName\":\"table\",\"Key\":{\"id\":{\"S\":\"" + "x".repeat(2_049) + "\"}}}"))
                .isEqualTo(INVALID + "Size of hashkey has exceeded the maximum size limit of2048 bytes");
        TestTable sorted =
                new TestTable(json("{'TableName':'table','BillingMode':'PAY_PER_REQUEST','AttributeDefinitions':["
                        + "{'AttributeName':'a','AttributeType':'S'},{'AttributeName':'b','AttributeType':'B'}],'KeySchema':["
                        + "{'AttributeName':'a','KeyType':'HASH'},{'AttributeName':'b','KeyType':'RANGE'}]}"));
        assertThat(sorted.run(
                        "GetItem",
                        json("{'TableName':'table','Key':{'a':{'S':'x'},'b':{'B':'" + "AAAA".repeat(342) + "'}}}")))
                .isEqualTo(INVALID + "Aggregated size of all range keys has exceeded the size limit of 1024 bytes");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "GetItem | 'Key':{'id':{'S':'a'}} | The provided key element does not match the schema",
                "GetItem | 'Key':{'id':{'S':'a'},'n':{'S':'1'}} | The provided key element does not match the schema",
                "GetItem | 'Key':{'id':{'S':'a'},'n':{'N':'1'},'x':{'N':'1'}} | The provided key element does not match the schema",
                "GetItem | 'Key':{'id':{'S':''},'n':{'N':'1'}} | One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty string value. Key: id",
                "PutItem | 'Item':{'id':{'S':'a'},'n':{'N':'1'},'g':{'N':'1'}} | One or more parameter values were invalid: Type mismatch for Index Key g Expected: S Actual: N IndexName: by-g",
                "PutItem | 'Item':{'id':{'S':'a'},'n':{'N':'1'},'g':{'S':''}} | One or more parameter values are not valid. A value specified for a secondary index key is not supported. The AttributeValue for a key attribute cannot contain an empty string value. IndexName: by-g, IndexKey: g",
                "UpdateItem | 'Key':{'id':{'S':'a'},'n':{'N':'1'}},'UpdateExpression':'SET g = :g','ExpressionAttributeValues':{':g':{'N':'1'}} | The update expression attempted to update the secondary index key to unsupported type",
                "UpdateItem | 'Key':{'id':{'S':'a'},'n':{'N':'1'}},'UpdateExpression':'SET g = :g','ExpressionAttributeValues':{':g':{'S':''}} | One or more parameter values are not valid. The update expression attempted to update a secondary index key to a value that is not supported. The AttributeValue for a key attribute cannot contain an empty string value.",
                "UpdateItem | 'Key':{'id':{'S':'a'},'n':{'N':'1'}},'UpdateExpression':'SET g = :g','ExpressionAttributeValues':{':g':{'N':'x'}} | ExpressionAttributeValues contains invalid value: The parameter cannot be converted to a numeric value: x for key :g",
                "Scan | 'Segment':3,'TotalSegments':3 | The Segment parameter is zero-based and must be less than parameter TotalSegments: Segment: 3 is not less than TotalSegments: 3",
                "Scan | 'Limit':0 | 1 validation error detected: Value '0' at 'limit' failed to satisfy constraint: Member must have value greater than or equal to 1",
                "Scan | 'IndexName':'none' | The table does not have the specified index: none",
                "Scan | 'Select':'SPECIFIC_ATTRIBUTES' | Must specify the AttributesToGet or ProjectionExpression when choosing to get SPECIFIC_ATTRIBUTES",
                "Scan | 'ExclusiveStartKey':{'id':{'S':'a'}} | The provided starting key is invalid: The provided key element does not match the schema",
                "DeleteItem | 'Key':{'id':{'S':'a'},'n':{'N':'1'}},'ReturnValues':'ALL_NEW' | ReturnValues can only be ALL_OLD or NONE",
            })
    void refusesInTheServicesWords(String operation, String members, String error) {
        assertThat(run(operation, members)).isEqualTo("ValidationException: " + error);
    }

    @Test
    void aStartingKeyBelongsToItsSegment() {
        String first = run("Scan", "'Segment':0,'TotalSegments':2,'ExclusiveStartKey':{'id':{'S':'a'},'n':{'N':'1'}}");
        String second = run("Scan", "'Segment':1,'TotalSegments':2,'ExclusiveStartKey':{'id':{'S':'a'},'n':{'N':'1'}}");
        assertThat(first.startsWith("ValidationException") ? first : second)
                .startsWith(
                        "ValidationException: The provided starting key is invalid: Invalid ExclusiveStartKey. Please "
                                + "use ExclusiveStartKey with correct Segment. TotalSegments: 2 Segment: ");
        assertThat(first.startsWith("ValidationException")).isNotEqualTo(second.startsWith("ValidationException"));
    }

    private String run(String operation, String members) {
        return table.run(operation, json("{'TableName':'table'," + members + "}"));
    }

    private static String json(String text) {
        return text.replace('\'', '"');
    }
}
