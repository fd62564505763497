package dev.meridian.node.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.meridian.node.settings.ServiceSettings;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.ItemCollectionSizeLimitExceededException;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/** Global indexes that are behind, and local ones that bound item collections, in a region set so; its clock stands. */
class IndexRulesTest {

    private static final AtomicLong MILLIS = new AtomicLong(1_900_000_000_000L);
    private static final DynamoDbClient CLIENT = WireTarget.connect(WireTarget.startRegion(
            ServiceSettings.of("index-delay-millis = 5000, item-collection-gigabytes = 0.00001"),
            () -> Instant.ofEpochMilli(MILLIS.get()),
            System::nanoTime));

    @AfterAll
    static void close() {
        CLIENT.close();
    }

    private static AttributeDefinition definition(String name) {
        return AttributeDefinition.builder()
                .attributeName(name)
                .attributeType(ScalarAttributeType.S)
                .build();
    }

    private static KeySchemaElement key(String name, KeyType type) {
        return KeySchemaElement.builder().attributeName(name).keyType(type).build();
    }

    private static void createTable(String name) {
        CLIENT.createTable(request -> request.tableName(name)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(definition("p"), definition("s"), definition("l"), definition("g"))
                .keySchema(key("p", KeyType.HASH), key("s", KeyType.RANGE))
                .localSecondaryIndexes(index -> index.indexName("local")
                        .keySchema(key("p", KeyType.HASH), key("l", KeyType.RANGE))
                        .projection(projection -> projection.projectionType(ProjectionType.ALL)))
                .globalSecondaryIndexes(index -> index.indexName("global")
                        .keySchema(key("g", KeyType.HASH))
                        .projection(projection -> projection.projectionType(ProjectionType.ALL))));
    }

    private static void put(String table, String s, String g, int fill) {
        CLIENT.putItem(request -> request.tableName(table)
                .item(Map.of(
                        "p", AttributeValue.fromS("p"),
                        "s", AttributeValue.fromS(s),
                        "l", AttributeValue.fromS("l"),
                        "g", AttributeValue.fromS(g),
                        "fill", AttributeValue.fromS("x".repeat(fill)))));
    }

    private static int count(String table, String index, String attribute, String value) {
        return CLIENT.query(request -> request.tableName(table)
                        .indexName(index)
                        .keyConditionExpression(attribute + " = :v")
                        .expressionAttributeValues(Map.of(":v", AttributeValue.fromS(value))))
                .count();
    }

    @Test
    void aGlobalIndexFollowsAfterAWhileAndALocalOneAtOnce() {
        createTable("behind");
        put("behind", "1", "red", 1);
        assertThat(count("behind", "local", "p", "p")).isEqualTo(1);
        assertThat(count("behind", "global", "g", "red")).isZero();
        MILLIS.addAndGet(5_000);
        WireTarget.eventually(
                () -> assertThat(count("behind", "global", "g", "red")).isEqualTo(1));
        put("behind", "1", "blue", 1);
        put("behind", "1", "green", 1);
        assertThat(count("behind", "global", "g", "red")).as("still").isEqualTo(1);
        MILLIS.addAndGet(5_000);
        WireTarget.eventually(
                () -> assertThat(count("behind", "global", "g", "green")).isEqualTo(1));
        assertThat(count("behind", "global", "g", "red")).isZero();
        assertThat(count("behind", "global", "g", "blue")).isZero();
    }

    @Test
    void anItemCollectionIsBoundedWhereThereAreLocalIndexes() {
        createTable("bounded");
        put("bounded", "1", "g", 4_000);
        assertThatThrownBy(() -> put("bounded", "2", "g", 4_000))
                .isInstanceOf(ItemCollectionSizeLimitExceededException.class)
                .hasMessageContaining("Collection size exceeded.");
        put("bounded", "1", "g", 100);
        put("bounded", "2", "g", 4_000);
        assertThat(count("bounded", "local", "p", "p")).isEqualTo(2);
    }
}
