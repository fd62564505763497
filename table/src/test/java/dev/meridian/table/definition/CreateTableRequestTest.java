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

    private static TableDefinition parse(String request) {
        return CreateTableRequest.parse(DataOperations.decode("CreateTable", request.getBytes(StandardCharsets.UTF_8)));
    }
}
