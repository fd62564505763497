package dev.meridian.node.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.meridian.node.settings.ServiceSettings;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughput;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughputExceededException;
import software.amazon.awssdk.services.dynamodb.model.PutRequest;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.ThrottlingException;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/** Throttling, in a region where it is on and where time passes only when it is told to. */
class ThrottlingTest {

    private static final AtomicLong NANOS = new AtomicLong();
    private static final DynamoDbClient CLIENT = WireTarget.connect(WireTarget.startRegion(
            ServiceSettings.of("throttling = true, on-demand-write-units = 5"), InstantSource.system(), NANOS::get));

    @AfterAll
    static void close() {
        CLIENT.close();
    }

    private static void pass(int seconds) {
        NANOS.addAndGet(TimeUnit.SECONDS.toNanos(seconds));
    }

    private static CreateTableRequest.Builder table(String name) {
        return CreateTableRequest.builder()
                .tableName(name)
                .attributeDefinitions(definition("id"))
                .keySchema(key("id"));
    }

    private static AttributeDefinition definition(String name) {
        return AttributeDefinition.builder()
                .attributeName(name)
                .attributeType(ScalarAttributeType.S)
                .build();
    }

    private static KeySchemaElement key(String name) {
        return KeySchemaElement.builder()
                .attributeName(name)
                .keyType(KeyType.HASH)
                .build();
    }

    private static ProvisionedThroughput units(long read, long write) {
        return ProvisionedThroughput.builder()
                .readCapacityUnits(read)
                .writeCapacityUnits(write)
                .build();
    }

    private static Map<String, AttributeValue> item(String id) {
        return Map.of("id", AttributeValue.fromS(id));
    }

    private static void put(String table, Map<String, AttributeValue> item) {
        CLIENT.putItem(request -> request.tableName(table).item(item));
    }

    @Test
    void aProvisionedTableWritesAndReadsWhatItHasAndKeepsWhatItDidNotUse() {
        CLIENT.createTable(
                table("provisioned").provisionedThroughput(units(1, 2)).build());
        put("provisioned", item("1"));
        put("provisioned", item("2"));
        assertThatThrownBy(() -> put("provisioned", item("3")))
                .isInstanceOfSatisfying(ProvisionedThroughputExceededException.class, refused -> {
                    assertThat(refused.awsErrorDetails().errorMessage())
                            .isEqualTo("The level of configured provisioned throughput for the table was exceeded. "
                                    + "Consider increasing your provisioning level with the UpdateTable API.");
                    assertThat(refused.throttlingReasons()).singleElement().satisfies(reason -> {
                        assertThat(reason.reason()).isEqualTo("TableWriteProvisionedThroughputExceeded");
                        assertThat(reason.resource())
                                .isEqualTo("arn:aws:dynamodb:us-east-1:000000000000:table/provisioned");
                    });
                });
        CLIENT.getItem(
                request -> request.tableName("provisioned").key(item("1")).consistentRead(true));
        assertThatThrownBy(() -> CLIENT.getItem(
                        request -> request.tableName("provisioned").key(item("1"))))
                .isInstanceOf(ProvisionedThroughputExceededException.class);
        assertThatThrownBy(() -> CLIENT.scan(request -> request.tableName("provisioned")))
                .isInstanceOf(ProvisionedThroughputExceededException.class);
        pass(1_000);
        for (int n = 0; n < 600; n++) {
            put("provisioned", item("burst"));
        }
        assertThatThrownBy(() -> put("provisioned", item("burst")))
                .as("300 seconds' worth are kept, not 1,000")
                .isInstanceOf(ProvisionedThroughputExceededException.class);
        assertThat(CLIENT.scan(request -> request.tableName("provisioned")).count())
                .as("what was refused did not take place")
                .isEqualTo(3);
    }

    @Test
    void anItemLargerThanWhatIsLeftIsWrittenAndOwedFor() {
        CLIENT.createTable(table("owing").provisionedThroughput(units(1, 1)).build());
        put("owing", Map.of("id", AttributeValue.fromS("1"), "v", AttributeValue.fromS("x".repeat(4_500))));
        pass(4);
        assertThatThrownBy(() -> put("owing", item("2"))).isInstanceOf(ProvisionedThroughputExceededException.class);
        pass(1);
        put("owing", item("2"));
    }

    @Test
    void anIndexWithoutThroughputStopsWritesThatTouchIt() {
        CLIENT.createTable(table("indexed")
                .attributeDefinitions(definition("id"), definition("g"))
                .provisionedThroughput(units(9, 9))
                .globalSecondaryIndexes(index -> index.indexName("by-g")
                        .keySchema(key("g"))
                        .projection(projection -> projection.projectionType(ProjectionType.ALL))
                        .provisionedThroughput(units(1, 1)))
                .build());
        Map<String, AttributeValue> indexed = Map.of("id", AttributeValue.fromS("1"), "g", AttributeValue.fromS("a"));
        put("indexed", indexed);
        assertThatThrownBy(
                        () -> put("indexed", Map.of("id", AttributeValue.fromS("2"), "g", AttributeValue.fromS("a"))))
                .isInstanceOf(ProvisionedThroughputExceededException.class)
                .hasMessageContaining("one or more global secondary indexes of the table was exceeded");
        put("indexed", item("3"));
        put("indexed", indexed);
    }

    /** Partitions work side by side; within one, writes come one after another. */
    private static Map<String, AttributeValue> inOnePartition(String n) {
        return Map.of("id", AttributeValue.fromS("1"), "n", AttributeValue.fromS(n));
    }

    @Test
    void aBatchGivesBackWhatWasThrottledAndATransactionIsCancelled() {
        CLIENT.createTable(table("many")
                .attributeDefinitions(definition("id"), definition("n"))
                .keySchema(
                        key("id"),
                        KeySchemaElement.builder()
                                .attributeName("n")
                                .keyType(KeyType.RANGE)
                                .build())
                .provisionedThroughput(units(2, 2))
                .build());
        List<WriteRequest> writes = List.of("1", "2", "3").stream()
                .map(id -> WriteRequest.builder()
                        .putRequest(
                                PutRequest.builder().item(inOnePartition(id)).build())
                        .build())
                .toList();
        BatchWriteItemResponse some = CLIENT.batchWriteItem(request -> request.requestItems(Map.of("many", writes)));
        assertThat(some.unprocessedItems()).containsEntry("many", writes.subList(2, 3));
        assertThatThrownBy(() -> CLIENT.batchWriteItem(request -> request.requestItems(Map.of("many", writes))))
                .isInstanceOf(ProvisionedThroughputExceededException.class);
        assertThatThrownBy(() -> CLIENT.transactWriteItems(request -> request.transactItems(
                        action -> action.put(put -> put.tableName("many").item(inOnePartition("4"))))))
                .isInstanceOfSatisfying(
                        TransactionCanceledException.class,
                        cancelled -> assertThat(
                                        cancelled.cancellationReasons().get(0).code())
                                .isEqualTo("ProvisionedThroughputExceeded"));
        pass(1);
        CLIENT.transactWriteItems(request -> request.transactItems(
                action -> action.put(put -> put.tableName("many").item(inOnePartition("4")))));
        assertThatThrownBy(() -> put("many", inOnePartition("5")))
                .as("a transaction costs twice")
                .isInstanceOf(ProvisionedThroughputExceededException.class);
    }

    @Test
    void anOnDemandTableIsBoundedByItsOwnerAndByTheAccount() {
        CLIENT.createTable(table("bounded")
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .onDemandThroughput(bound -> bound.maxWriteRequestUnits(1L))
                .build());
        put("bounded", item("1"));
        assertThatThrownBy(() -> put("bounded", item("2")))
                .isInstanceOfSatisfying(
                        ThrottlingException.class,
                        refused -> assertThat(refused.throttlingReasons().get(0).reason())
                                .isEqualTo("TableWriteMaxOnDemandThroughputExceeded"));
        CLIENT.updateTable(
                request -> request.tableName("bounded").onDemandThroughput(bound -> bound.maxWriteRequestUnits(-1L)));
        pass(1);
        put("bounded", item("1"));
        pass(1);
        for (int n = 0; n < 5; n++) {
            put("bounded", item("1"));
        }
        assertThatThrownBy(() -> put("bounded", item("2")))
                .isInstanceOfSatisfying(
                        ThrottlingException.class,
                        refused -> assertThat(refused.throttlingReasons().get(0).reason())
                                .isEqualTo("TableWriteAccountLimitExceeded"));
    }
}
