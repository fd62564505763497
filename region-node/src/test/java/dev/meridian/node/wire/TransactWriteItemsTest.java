package dev.meridian.node.wire;

import static dev.meridian.node.wire.WireTarget.answer;
import static dev.meridian.node.wire.WireTarget.call;
import static dev.meridian.node.wire.WireTarget.put;
import static dev.meridian.node.wire.WireTarget.refuses;
import static dev.meridian.node.wire.WireTarget.refusesAsInvalid;
import static dev.meridian.node.wire.WireTarget.sdk;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.TransactGetItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/** TransactWriteItems and TransactGetItems. */
class TransactWriteItemsTest {

    private static String json(String text) {
        return text.replace('\'', '"');
    }

    private static String get(String table, String id) {
        return answer("GetItem", WireTarget.on(table, "'Key':{'id':{'S':'" + id + "'}}"));
    }

    @Test
    void allTakePlaceAcrossTables() {
        String one = WireTarget.table("id:S");
        String two = WireTarget.table("id:S");
        put(one, "{'id':{'S':'gone'}}");
        put(two, "{'id':{'S':'counted'},'n':{'N':'1'}}");
        put(two, "{'id':{'S':'checked'}}");
        String done = answer(
                "TransactWriteItems",
                json("{'ReturnConsumedCapacity':'TOTAL','TransactItems':["
                        + "{'Put':{'TableName':'" + one + "','Item':{'id':{'S':'new'}}}},"
                        + "{'Delete':{'TableName':'" + one + "','Key':{'id':{'S':'gone'}}}},"
                        + "{'Update':{'TableName':'" + two + "','Key':{'id':{'S':'counted'}},"
                        + "'UpdateExpression':'ADD n :one','ExpressionAttributeValues':{':one':{'N':'1'}}}},"
                        + "{'ConditionCheck':{'TableName':'" + two + "','Key':{'id':{'S':'checked'}},"
                        + "'ConditionExpression':'attribute_exists(id)'}}]}"));
        assertThat(done).contains("\"CapacityUnits\":4.0");
        assertThat(get(one, "new")).contains("new");
        assertThat(get(one, "gone")).isEqualTo("{}");
        assertThat(get(two, "counted")).contains("\"N\":\"2\"");
    }

    @Test
    void noneTakesPlaceAndEachActionHasItsReason() {
        String table = WireTarget.table("id:S");
        put(table, "{'id':{'S':'there'},'v':{'S':'old'}}");
        TransactionCanceledException cancelled = catchThrowableOfType(
                TransactionCanceledException.class,
                () -> sdk().transactWriteItems(request -> request.transactItems(
                        TransactWriteItem.builder()
                                .put(put -> put.tableName(table).item(Map.of("id", AttributeValue.fromS("fresh"))))
                                .build(),
                        TransactWriteItem.builder()
                                .put(put -> put.tableName(table)
                                        .item(Map.of("id", AttributeValue.fromS("there")))
                                        .conditionExpression("attribute_not_exists(id)")
                                        .returnValuesOnConditionCheckFailure("ALL_OLD"))
                                .build(),
                        TransactWriteItem.builder()
                                .update(update -> update.tableName(table)
                                        .key(Map.of("id", AttributeValue.fromS("other")))
                                        .updateExpression("SET a = b"))
                                .build())));
        assertThat(cancelled.awsErrorDetails().errorMessage())
                .isEqualTo("Transaction cancelled, please refer cancellation reasons for specific reasons "
                        + "[None, ConditionalCheckFailed, ValidationError]");
        assertThat(cancelled.cancellationReasons())
                .extracting(CancellationReason::code)
                .containsExactly("None", "ConditionalCheckFailed", "ValidationError");
        CancellationReason failed = cancelled.cancellationReasons().get(1);
        assertThat(failed.message()).isEqualTo("The conditional request failed");
        assertThat(failed.item()).containsEntry("v", AttributeValue.fromS("old"));
        assertThat(get(table, "fresh")).isEqualTo("{}");
        put(table, "{'id':{'S':'there'},'v':{'S':'free again'}}");
        assertThat(get(table, "there")).contains("free again");
    }

    @Test
    void oneOperationAnItemAndOneKindAnAction() {
        String table = WireTarget.table("id:S");
        String put = "{'Put':{'TableName':'" + table + "','Item':{'id':{'S':'1'}}}}";
        refusesAsInvalid(
                "TransactWriteItems",
                json("{'TransactItems':[" + put + "," + put + "]}"),
                "Transaction request cannot include multiple operations on one item");
        refusesAsInvalid(
                "TransactWriteItems",
                json("{'TransactItems':[{'Put':{'TableName':'" + table + "','Item':{'id':{'S':'1'}}},'Delete':{"
                        + "'TableName':'" + table + "','Key':{'id':{'S':'2'}}}}]}"),
                "TransactItems can only contain one of Check, Put, Update or Delete");
        refuses(
                "TransactWriteItems",
                json("{'TransactItems':[{'Put':{'TableName':'nowhere-at-all','Item':{'id':{'S':'1'}}}}]}"),
                "ResourceNotFoundException",
                "Requested resource not found");
    }

    @Test
    void whatDoesNotFitATableIsAReasonOfItsAction() {
        String table = WireTarget.table("id:S");
        String fits = "{'Put':{'TableName':'" + table + "','Item':{'id':{'S':'1'}}}}";
        String misfit = "{'Delete':{'TableName':'" + table + "','Key':{'id':{'N':'1'}}}}";
        refuses(
                "TransactWriteItems",
                json("{'TransactItems':[" + fits + "," + misfit + "]}"),
                "TransactionCanceledException",
                "Transaction cancelled, please refer cancellation reasons for specific reasons [None, ValidationError]");
        assertThat(get(table, "1")).isEqualTo("{}");
        refuses(
                "TransactGetItems",
                json("{'TransactItems':[{'Get':{'TableName':'" + table + "','Key':{'other':{'S':'1'}}}}]}"),
                "TransactionCanceledException",
                "Transaction cancelled, please refer cancellation reasons for specific reasons [ValidationError]");
    }

    @Test
    void readsAnItemOnce() {
        String get = "{'Get':{'TableName':'" + WireTarget.table("id:S") + "','Key':{'id':{'S':'1'}}}}";
        refusesAsInvalid(
                "TransactGetItems",
                json("{'TransactItems':[" + get + "," + get + "]}"),
                "Transaction request cannot include multiple operations on one item");
    }

    @Test
    void aTokenMakesARequestTakePlaceOnce() {
        String table = WireTarget.table("id:S");
        String token = "'ClientRequestToken':'" + table + "'";
        String add = json(
                "{" + token + ",'TransactItems':[{'Update':{'TableName':'" + table
                        + "','Key':{'id':{'S':'1'}},'UpdateExpression':'ADD n :one','ExpressionAttributeValues':{':one':{'N':'1'}}}}]}");
        answer("TransactWriteItems", add);
        answer("TransactWriteItems", add);
        assertThat(get(table, "1")).contains("\"N\":\"1\"");
        assertThat(call("TransactWriteItems", add.replace("ADD n", "ADD m")).text())
                .contains("IdempotentParameterMismatchException");
        assertThat(get(table, "1")).doesNotContain("\"m\"");
    }

    @Test
    void transfersKeepTheSumThoughTheyMeet() throws Exception {
        String table = WireTarget.table("id:S");
        int accounts = 6;
        for (int n = 0; n < accounts; n++) {
            put(table, "{'id':{'S':'" + n + "'},'sum':{'N':'100'}}");
        }
        AtomicInteger conflicts = new AtomicInteger();
        AtomicInteger transfers = new AtomicInteger();
        List<CompletableFuture<Void>> clerks = new ArrayList<>();
        for (int clerk = 0; clerk < 4; clerk++) {
            Random random = new Random(clerk);
            clerks.add(CompletableFuture.runAsync(() -> {
                for (int n = 0; n < 100; n++) {
                    int from = random.nextInt(accounts);
                    int to = (from + 1 + random.nextInt(accounts - 1)) % accounts;
                    try {
                        sdk().transactWriteItems(
                                        request -> request.transactItems(move(table, from, -7), move(table, to, 7)));
                        transfers.incrementAndGet();
                    } catch (TransactionCanceledException met) {
                        assertThat(met.cancellationReasons())
                                .extracting(CancellationReason::code)
                                .isSubsetOf("None", "TransactionConflict", "ConditionalCheckFailed");
                        conflicts.incrementAndGet();
                    }
                }
            }));
        }
        CompletableFuture<Void> all = CompletableFuture.allOf(clerks.toArray(CompletableFuture[]::new));
        List<TransactGetItem> gets = new ArrayList<>();
        for (int n = 0; n < accounts; n++) {
            String id = Integer.toString(n);
            gets.add(TransactGetItem.builder()
                    .get(get -> get.tableName(table).key(Map.of("id", AttributeValue.fromS(id))))
                    .build());
        }
        do {
            int sum = sdk().transactGetItems(request -> request.transactItems(gets)).responses().stream()
                    .mapToInt(response -> Integer.parseInt(
                            java.util.Objects.requireNonNull(response.item().get("sum"))
                                    .n()))
                    .sum();
            assertThat(sum).isEqualTo(100 * accounts);
        } while (!all.isDone());
        all.get();
        assertThat(transfers.get()).isPositive();
        assertThat(transfers.get() + conflicts.get()).isEqualTo(400);
    }

    private static TransactWriteItem move(String table, int account, int amount) {
        return TransactWriteItem.builder()
                .update(update -> update.tableName(table)
                        .key(Map.of("id", AttributeValue.fromS(Integer.toString(account))))
                        .updateExpression("SET #s = #s + :a")
                        .conditionExpression("#s >= :least")
                        .expressionAttributeNames(Map.of("#s", "sum"))
                        .expressionAttributeValues(Map.of(
                                ":a", AttributeValue.fromN(Integer.toString(amount)),
                                ":least", AttributeValue.fromN(Integer.toString(Math.max(0, -amount))))))
                .build();
    }

    @Test
    void getsInTheOrderAskedForAndNothingForWhatIsNotThere() {
        String table = WireTarget.table("id:S");
        put(table, "{'id':{'S':'a'},'n':{'N':'1'},'m':{'N':'2'}}");
        assertThat(answer(
                        "TransactGetItems",
                        json("{'ReturnConsumedCapacity':'TOTAL','TransactItems':[{'Get':{'TableName':'" + table
                                + "','Key':{'id':{'S':'none'}}}},{'Get':{'TableName':'" + table
                                + "','Key':{'id':{'S':'a'}},'ProjectionExpression':'n'}}]}")))
                .isEqualTo(json("{'Responses':[{},{'Item':{'n':{'N':'1'}}}],'ConsumedCapacity':[{'TableName':'" + table
                        + "','CapacityUnits':4.0,'ReadCapacityUnits':4.0}]}"));
    }
}
