package dev.meridian.node.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.meridian.node.settings.ServiceSettings;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ResourceInUseException;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.TableStatus;

/** Tables change their status as slowly as the service's, as far as that is wanted; here at a twentieth of the time. */
class TableTimesTest {

    private static TableStatus status(DynamoDbClient client, String table) {
        return client.describeTable(request -> request.tableName(table)).table().tableStatus();
    }

    private static void awaitActive(DynamoDbClient client) {
        WireTarget.eventually(() -> assertThat(status(client, "slow")).isEqualTo(TableStatus.ACTIVE));
    }

    @Test
    void aTableIsCreatedUpdatedAndDeletedOverTime() {
        try (DynamoDbClient client = WireTarget.connect(WireTarget.startRegion(
                ServiceSettings.of("control-plane-time = 0.05"), InstantSource.system(), System::nanoTime))) {
            client.createTable(request -> request.tableName("slow")
                    .billingMode(BillingMode.PAY_PER_REQUEST)
                    .attributeDefinitions(name -> name.attributeName("id").attributeType(ScalarAttributeType.S))
                    .keySchema(key -> key.attributeName("id").keyType(KeyType.HASH)));
            assertThat(status(client, "slow")).isEqualTo(TableStatus.CREATING);
            assertThatThrownBy(() -> client.putItem(
                            request -> request.tableName("slow").item(Map.of("id", AttributeValue.fromS("1")))))
                    .isInstanceOf(ResourceNotFoundException.class);
            assertThatThrownBy(() -> client.deleteTable(request -> request.tableName("slow")))
                    .isInstanceOf(ResourceInUseException.class)
                    .hasMessageContaining(
                            "Attempt to change a resource which is still in use: Table is being created: slow");
            awaitActive(client);
            client.putItem(request -> request.tableName("slow").item(Map.of("id", AttributeValue.fromS("1"))));

            client.updateTable(request -> request.tableName("slow").deletionProtectionEnabled(false));
            assertThat(status(client, "slow")).isEqualTo(TableStatus.UPDATING);
            assertThatThrownBy(() -> client.updateTable(
                            request -> request.tableName("slow").deletionProtectionEnabled(true)))
                    .isInstanceOf(ResourceInUseException.class);
            awaitActive(client);

            client.deleteTable(request -> request.tableName("slow"));
            assertThat(status(client, "slow")).isEqualTo(TableStatus.DELETING);
            WireTarget.eventually(() ->
                    assertThatThrownBy(() -> status(client, "slow")).isInstanceOf(ResourceNotFoundException.class));
        }
    }
}
