package dev.meridian.node.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.meridian.node.wire.WireTarget;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.enhanced.dynamodb.DynamoDbEnhancedClient;
import software.amazon.awssdk.enhanced.dynamodb.DynamoDbTable;
import software.amazon.awssdk.enhanced.dynamodb.Expression;
import software.amazon.awssdk.enhanced.dynamodb.Key;
import software.amazon.awssdk.enhanced.dynamodb.TableSchema;
import software.amazon.awssdk.enhanced.dynamodb.model.EnhancedGlobalSecondaryIndex;
import software.amazon.awssdk.enhanced.dynamodb.model.EnhancedLocalSecondaryIndex;
import software.amazon.awssdk.enhanced.dynamodb.model.Page;
import software.amazon.awssdk.enhanced.dynamodb.model.QueryConditional;
import software.amazon.awssdk.enhanced.dynamodb.model.ReadBatch;
import software.amazon.awssdk.enhanced.dynamodb.model.WriteBatch;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.Projection;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/** An application of the DynamoDB Enhanced Client: objects mapped, with versions, counters, indexes, batches, transactions. */
class EnhancedClientTest {

    private static final DynamoDbEnhancedClient CLIENT =
            DynamoDbEnhancedClient.builder().dynamoDbClient(WireTarget.sdk()).build();
    /** The extensions add conditions, and batches have none. */
    private static final DynamoDbEnhancedClient PLAIN = DynamoDbEnhancedClient.builder()
            .dynamoDbClient(WireTarget.sdk())
            .extensions(List.of())
            .build();

    private static final DynamoDbTable<Parcel> TABLE =
            CLIENT.table(WireTarget.freshName(), TableSchema.fromBean(Parcel.class));

    @BeforeAll
    static void createTable() {
        Projection all = Projection.builder().projectionType("ALL").build();
        TABLE.createTable(table -> table.globalSecondaryIndices(EnhancedGlobalSecondaryIndex.builder()
                        .indexName("by-state")
                        .projection(all)
                        .build())
                .localSecondaryIndices(EnhancedLocalSecondaryIndex.builder()
                        .indexName("by-weight")
                        .projection(all)
                        .build()));
        WireTarget.sdk().waiter().waitUntilTableExists(of -> of.tableName(TABLE.tableName()));
    }

    @AfterAll
    static void deleteTable() {
        TABLE.deleteTable();
    }

    private static Key key(String depot, int number) {
        return Key.builder().partitionValue(depot).sortValue(number).build();
    }

    @Test
    void mapsObjectsThereAndBack() {
        Parcel parcel = Parcel.of("nested", 1, "new", 2.5);
        parcel.setStops(List.of("a", "b"));
        parcel.setLabels(Set.of("fast", "gift"));
        parcel.setAddress(Map.of("city", "Åbo", "zip", ""));
        TABLE.putItem(parcel);
        Parcel found = TABLE.getItem(get -> get.key(key("nested", 1)).consistentRead(true));
        assertThat(found)
                .usingRecursiveComparison()
                .ignoringFields("version", "changes")
                .isEqualTo(parcel);
        assertThat(found.getVersion()).isEqualTo(1);
        assertThat(found.getChanges()).isZero();
        assertThat(TABLE.deleteItem(found)).isEqualTo(parcel);
        assertThat(TABLE.getItem(key("nested", 1))).isNull();
    }

    @Test
    void versionsGuardAgainstLostUpdates() {
        Parcel first = TABLE.updateItem(Parcel.of("versions", 1, "new", 1));
        Parcel stale = TABLE.getItem(key("versions", 1));
        first.setState("sent");
        Parcel second = TABLE.updateItem(first);
        assertThat(second.getVersion()).isEqualTo(2);
        assertThat(second.getChanges()).isEqualTo(1);
        stale.setState("lost");
        assertThatThrownBy(() -> TABLE.updateItem(stale)).isInstanceOf(ConditionalCheckFailedException.class);
        assertThat(TABLE.getItem(key("versions", 1)).getState()).isEqualTo("sent");
    }

    @Test
    void writesAndReadsInBatches() {
        DynamoDbTable<Parcel> plain = PLAIN.table(TABLE.tableName(), TableSchema.fromBean(Parcel.class));
        WriteBatch.Builder<Parcel> puts = WriteBatch.builder(Parcel.class).mappedTableResource(plain);
        IntStream.range(0, 25).forEach(n -> puts.addPutItem(Parcel.of("batch", n, n % 2 == 0 ? "even" : "odd", n)));
        assertThat(PLAIN.batchWriteItem(batch -> batch.writeBatches(puts.build()))
                        .unprocessedPutItemsForTable(plain))
                .isEmpty();
        ReadBatch.Builder<Parcel> gets = ReadBatch.builder(Parcel.class).mappedTableResource(TABLE);
        IntStream.range(20, 30).forEach(n -> gets.addGetItem(key("batch", n)));
        assertThat(CLIENT.batchGetItem(batch -> batch.readBatches(gets.build())).resultsForTable(TABLE))
                .hasSize(5);
    }

    @Test
    void queriesTablesAndIndexesByPages() {
        IntStream.range(0, 10).forEach(n -> TABLE.putItem(Parcel.of("query", n, "query-" + n % 2, 100 - n)));
        QueryConditional between = QueryConditional.sortBetween(key("query", 2), key("query", 7));
        assertThat(TABLE.query(query -> query.queryConditional(between).limit(4)).stream()
                        .map(Page::items))
                .extracting(List::size)
                .containsExactly(4, 2);
        Expression heavy = Expression.builder()
                .expression("weight > :w")
                .putExpressionValue(":w", AttributeValue.fromN("95"))
                .build();
        assertThat(TABLE.query(query -> query.queryConditional(
                                        QueryConditional.keyEqualTo(of -> of.partitionValue("query")))
                                .filterExpression(heavy)
                                .scanIndexForward(false))
                        .items())
                .extracting(Parcel::getNumber)
                .containsExactly(4, 3, 2, 1, 0);
        QueryConditional light =
                QueryConditional.sortLessThan(of -> of.partitionValue("query").sortValue(94));
        assertThat(TABLE.index("by-weight").query(light).stream().flatMap(page -> page.items().stream()))
                .extracting(Parcel::getNumber)
                .containsExactly(9, 8, 7);
        QueryConditional state = QueryConditional.keyEqualTo(of -> of.partitionValue("query-1"));
        assertThat(TABLE.index("by-state").query(state).stream().flatMap(page -> page.items().stream()))
                .extracting(Parcel::getNumber)
                .containsExactly(9, 7, 5, 3, 1);
    }

    @Test
    void scansWithProjectionAndFilter() {
        IntStream.range(0, 10).forEach(n -> TABLE.putItem(Parcel.of("scan", n, "scan", n)));
        Expression scanned = Expression.builder()
                .expression("#s = :s AND #n >= :n")
                .putExpressionName("#s", "state")
                .putExpressionName("#n", "number")
                .putExpressionValue(":s", AttributeValue.fromS("scan"))
                .putExpressionValue(":n", AttributeValue.fromN("4"))
                .build();
        List<Parcel> found = TABLE
                .scan(scan -> scan.filterExpression(scanned)
                        .attributesToProject("depot", "number")
                        .limit(3))
                .items()
                .stream()
                .toList();
        assertThat(found).extracting(Parcel::getNumber).containsExactlyInAnyOrder(4, 5, 6, 7, 8, 9);
        assertThat(found).allMatch(parcel -> parcel.getVersion() == null);
    }

    @Test
    void transactsAllOrNothing() {
        Parcel here = Parcel.of("transact", 1, "new", 1);
        CLIENT.transactWriteItems(
                write -> write.addPutItem(TABLE, here).addPutItem(TABLE, Parcel.of("transact", 2, "new", 2)));
        Expression absent =
                Expression.builder().expression("attribute_not_exists(depot)").build();
        assertThatThrownBy(() -> CLIENT.transactWriteItems(write -> write.addDeleteItem(TABLE, key("transact", 1))
                        .addConditionCheck(
                                TABLE, check -> check.key(key("transact", 2)).conditionExpression(absent))))
                .isInstanceOfSatisfying(
                        TransactionCanceledException.class,
                        cancelled -> assertThat(cancelled.cancellationReasons())
                                .extracting(reason -> reason.code())
                                .containsExactly("None", "ConditionalCheckFailed"));
        assertThat(CLIENT
                        .transactGetItems(
                                get -> get.addGetItem(TABLE, key("transact", 1)).addGetItem(TABLE, key("transact", 3)))
                        .stream()
                        .map(document -> document.getItem(TABLE)))
                .containsExactly(here, null);
    }
}
