package dev.meridian.table.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.meridian.table.operation.DataOperations;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CreateTableRequestTest {

    private static final String ID = "{\"AttributeName\":\"id\",\"AttributeType\":\"S\"}";
    private static final String HASH = "{\"AttributeName\":\"id\",\"KeyType\":\"HASH\"}";

    @Test
    void aDefinitionSurvivesItsWriting() {
        TableDefinition definition = parse("""
                {"TableName":"orders","BillingMode":"PROVISIONED","ProvisionedThroughput":{"ReadCapacityUnits":5,"WriteCapacityUnits":6},
                 "AttributeDefinitions":[{"AttributeName":"id","AttributeType":"S"},{"AttributeName":"at","AttributeType":"N"}],
                 "KeySchema":[{"AttributeName":"id","KeyType":"HASH"},{"AttributeName":"at","KeyType":"RANGE"}],
                 "GlobalSecondaryIndexes":[{"IndexName":"by-at","KeySchema":[{"AttributeName":"at","KeyType":"HASH"}],
                   "Projection":{"ProjectionType":"INCLUDE","NonKeyAttributes":["x"]},
                   "ProvisionedThroughput":{"ReadCapacityUnits":1,"WriteCapacityUnits":2}}],
                 "StreamSpecification":{"StreamEnabled":true,"StreamViewType":"NEW_IMAGE"},
                 "Tags":[{"Key":"team","Value":"a"}],"DeletionProtectionEnabled":true}""");
        assertThat(TableDefinition.fromRequest(definition.toRequest())).isEqualTo(definition);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"BillingMode\":\"PAY_PER_REQUEST\",\"ProvisionedThroughput\":{\"ReadCapacityUnits\":1,\"WriteCapacityUnits\":1}| One or more parameter values were invalid: Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is PAY_PER_REQUEST",
                "\"BillingMode\":\"PROVISIONED\"| One or more parameter values were invalid: ReadCapacityUnits and WriteCapacityUnits must both be specified when BillingMode is PROVISIONED",
                "\"BillingMode\":\"FREE\"| 1 validation error detected: Value 'FREE' at 'billingMode' failed to satisfy constraint: Member must satisfy enum value set: [PROVISIONED, PAY_PER_REQUEST]",
                "\"BillingMode\":\"PAY_PER_REQUEST\",\"LocalSecondaryIndexes\":[]| One or more parameter values were invalid: List of LocalSecondaryIndexes is empty",
            })
    void refusesInTheServicesWords(String settings, String error) {
        assertThatThrownBy(() -> parse("{\"TableName\":\"orders\",\"AttributeDefinitions\":[" + ID + "],\"KeySchema\":["
                        + HASH + "]," + settings + "}"))
                .hasMessage(error);
    }

    @Test
    void keysMustBeDefinedAndDefinitionsUsed() {
        assertThatThrownBy(() ->
                        parse("{\"TableName\":\"orders\",\"BillingMode\":\"PAY_PER_REQUEST\",\"AttributeDefinitions\":["
                                + ID.replace("id", "other") + "],\"KeySchema\":[" + HASH + "]}"))
                .hasMessage("One or more parameter values were invalid: Some index key attributes are not defined in "
                        + "AttributeDefinitions. Keys: [id], AttributeDefinitions: [other]");
        assertThatThrownBy(() ->
                        parse("{\"TableName\":\"orders\",\"BillingMode\":\"PAY_PER_REQUEST\",\"AttributeDefinitions\":["
                                + ID + "," + ID.replace("id", "other") + "],\"KeySchema\":[" + HASH + "]}"))
                .hasMessage(
                        "One or more parameter values were invalid: Number of attributes in KeySchema does not exactly match "
                                + "number of attributes defined in AttributeDefinitions");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "a:S | a:HASH | {'TableName':'ab'} | 1 validation error detected: Value 'ab' at 'tableName' failed to satisfy constraint: Member must have length greater than or equal to 3",
                "a:S | a:HASH | {'TableName':'a b'} | 1 validation error detected: Value 'a b' at 'tableName' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+",
                "a:S | a:HASH | {'TableName':null} | The parameter 'TableName' is required but was not present in the request",
                "a:S | | {} | 1 validation error detected: Value null at 'keySchema' failed to satisfy constraint: Member must not be null",
                "a:S | a:HASH,a:RANGE | {} | Invalid KeySchema: Some index key attribute have no definition",
                "a:S,b:S | a:HASH,a:RANGE | {} | Both the Hash Key and the Range Key element in the KeySchema have the same name",
                "a:S,b:S | a:RANGE,b:HASH | {} | Invalid KeySchema: The first KeySchemaElement is not a HASH key type",
                "a:S,b:S | a:HASH,b:HASH | {} | Invalid KeySchema: The second KeySchemaElement is not a RANGE key type",
                "a:S,b:S,c:S | a:HASH,b:RANGE,c:RANGE | {} | 1 validation error detected: Value '[KeySchemaElement(attributeName=a, keyType=HASH), KeySchemaElement(attributeName=b, keyType=RANGE), KeySchemaElement(attributeName=c, keyType=RANGE)]' at 'keySchema' failed to satisfy constraint: Member must have length less than or equal to 2",
                "a:X | a:HASH | {} | 1 validation error detected: Value 'X' at 'attributeDefinitions.1.member.attributeType' failed to satisfy constraint: Member must satisfy enum value set: [B, N, S]",
                "a:S | a:INVALID | {} | 1 validation error detected: Value 'INVALID' at 'keySchema.1.member.keyType' failed to satisfy constraint: Member must satisfy enum value set: [HASH, RANGE]",
                "a:S,a:N | a:HASH | {} | One or more parameter values were invalid: Attribute Name is duplicated: a",
                "a:S,b:S | a:HASH | {'GlobalSecondaryIndexes':[G]} | One or more parameter values were invalid: ProvisionedThroughput should not be specified for index: g-b when BillingMode is PAY_PER_REQUEST",
                "a:S,b:S,c:S | a:HASH,c:RANGE | {'LocalSecondaryIndexes':[{'IndexName':'l-b','KeySchema':[{'AttributeName':'b','KeyType':'HASH'},{'AttributeName':'c','KeyType':'RANGE'}],'Projection':{'ProjectionType':'ALL'}}]} | One or more parameter values were invalid: Index KeySchema does not have the same leading hash key as table KeySchema for index: l-b. index hash key: b, table hash key: a",
                "a:S | a:HASH | {'VectorIndexes':[]} | Meridian does not serve CreateTable with VectorIndexes yet",
            })
    void refusesKeysInTheServicesWords(String definitions, String keys, String more, String error) {
        String index = "{'IndexName':'g-b','KeySchema':[{'AttributeName':'b','KeyType':'HASH'}],"
                + "'Projection':{'ProjectionType':'ALL'},"
                + "'ProvisionedThroughput':{'ReadCapacityUnits':1,'WriteCapacityUnits':1}}";
        String extra = more.replace("[G]", "[" + index + "]");
        String members = extra.substring(1, extra.length() - 1);
        String name = members.contains("TableName") ? "" : "'TableName':'orders',";
        String schema = keys == null ? "" : ",'KeySchema':[" + elements(keys, "KeyType") + "]";
        String request = "{" + name + (members.isEmpty() ? "" : members + ",")
                + "'BillingMode':'PAY_PER_REQUEST','AttributeDefinitions':["
                + elements(definitions, "AttributeType") + "]" + schema + "}";
        assertThatThrownBy(() -> parse(request.replace('\'', '"'))).hasMessage(error);
    }

    @Test
    void aGlobalIndexMayHaveKeysOfManyParts() {
        TableDefinition definition =
                parse(("{'TableName':'orders','BillingMode':'PAY_PER_REQUEST','AttributeDefinitions':["
                                + elements("a:S,b:S,c:N,d:S", "AttributeType") + "],'KeySchema':["
                                + elements("a:HASH", "KeyType")
                                + "],'GlobalSecondaryIndexes':[{'IndexName':'wide','KeySchema':["
                                + elements("b:HASH,c:HASH,d:RANGE", "KeyType")
                                + "],'Projection':{'ProjectionType':'KEYS_ONLY'}}]}")
                        .replace('\'', '"'));
        assertThat(definition.indexes().get(0).key())
                .isEqualTo(new KeySchema(java.util.List.of("b", "c"), java.util.List.of("d")));
        assertThat(TableDefinition.fromRequest(definition.toRequest())).isEqualTo(definition);
    }

    private static String elements(String pairs, String type) {
        StringBuilder json = new StringBuilder();
        for (String pair : pairs.split(",")) {
            String[] parts = pair.split(":");
            json.append(json.length() == 0 ? "" : ",")
                    .append("{'AttributeName':'" + parts[0] + "','" + type + "':'" + parts[1] + "'}");
        }
        return json.toString();
    }

    private static TableDefinition parse(String request) {
        return CreateTableRequest.parse(DataOperations.decode("CreateTable", request.getBytes(StandardCharsets.UTF_8)));
    }
}
