package dev.meridian.node.wire;

import static dev.meridian.node.wire.WireTarget.answer;
import static dev.meridian.node.wire.WireTarget.on;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** {@code ReturnConsumedCapacity} and {@code ReturnItemCollectionMetrics}. */
class ConsumedCapacityTest {

    private static final String INDEXES = ",'ReturnConsumedCapacity':'INDEXES'";
    private static String table;

    /** A table with a local index of everything and a global index of keys. */
    @BeforeAll
    static void makeTable() {
        table = WireTarget.freshName();
        String local =
                ",'LocalSecondaryIndexes':[{'IndexName':'by-l','KeySchema':[{'AttributeName':'p','KeyType':'HASH'},"
                        + "{'AttributeName':'l','KeyType':'RANGE'}],'Projection':{'ProjectionType':'KEYS_ONLY'}}]";
        String global =
                ",'GlobalSecondaryIndexes':[{'IndexName':'by-g','KeySchema':[{'AttributeName':'g','KeyType':'HASH'}],"
                        + "'Projection':{'ProjectionType':'ALL'}}]";
        answer(
                "CreateTable",
                WireTarget.createTable(table, (local + global).replace('\'', '"'), "p:S", "s:S", "l:S", "g:S"));
        WireTarget.sdk().waiter().waitUntilTableExists(describe -> describe.tableName(table));
    }

    private static String item(String p, String more, int fill) {
        return "'Item':{'p':{'S':'" + p + "'},'s':{'S':'1'}" + more + ",'fill':{'S':'" + "x".repeat(fill) + "'}}";
    }

    private static String key(String p) {
        return "'Key':{'p':{'S':'" + p + "'},'s':{'S':'1'}}";
    }

    private static String capacity(String answer) {
        return answer.substring(answer.indexOf("\"ConsumedCapacity\""));
    }

    private static String consumed(double total, double ofTable, String indexes) {
        return "\"ConsumedCapacity\":{\"TableName\":\"" + table + "\",\"CapacityUnits\":" + total
                + ",\"Table\":{\"CapacityUnits\":" + ofTable + "}" + indexes.replace('\'', '"') + "}}";
    }

    @Test
    void aWriteCostsItsSizeInTheTableAndInEveryIndexThatHoldsIt() {
        String answer = answer("PutItem", on(table, item("put", ",'l':{'S':'a'},'g':{'S':'b'}", 1_500) + INDEXES));
        assertThat(capacity(answer))
                .isEqualTo(consumed(
                        5,
                        2,
                        ",'LocalSecondaryIndexes':{'by-l':{'CapacityUnits':1.0}},"
                                + "'GlobalSecondaryIndexes':{'by-g':{'CapacityUnits':2.0}}"));
        assertThat(answer("PutItem", on(table, item("put", "", 10) + ",'ReturnConsumedCapacity':'TOTAL'")))
                .as("the entries go: the greater of before and after in the table, and what they were")
                .contains("\"CapacityUnits\":5.0}");
    }

    @Test
    void anEntryThatStaysAsItIsCostsNothingAndOneThatMovesCostsTwice() {
        answer("PutItem", on(table, item("update", ",'l':{'S':'a'},'g':{'S':'b'}", 10)));
        String values = ",'ExpressionAttributeValues':{':v':{'S':'new'}}";
        String other =
                answer("UpdateItem", on(table, key("update") + ",'UpdateExpression':'SET o=:v'" + values + INDEXES));
        assertThat(capacity(other))
                .as("the local index holds keys only")
                .isEqualTo(consumed(2, 1, ",'GlobalSecondaryIndexes':{'by-g':{'CapacityUnits':1.0}}"));
        String moved =
                answer("UpdateItem", on(table, key("update") + ",'UpdateExpression':'SET g=:v'" + values + INDEXES));
        assertThat(capacity(moved))
                .isEqualTo(consumed(3, 1, ",'GlobalSecondaryIndexes':{'by-g':{'CapacityUnits':2.0}}"));
        assertThat(capacity(answer("DeleteItem", on(table, key("update") + INDEXES))))
                .isEqualTo(consumed(
                        3,
                        1,
                        ",'LocalSecondaryIndexes':{'by-l':{'CapacityUnits':1.0}},"
                                + "'GlobalSecondaryIndexes':{'by-g':{'CapacityUnits':1.0}}"));
        assertThat(capacity(answer("DeleteItem", on(table, key("update") + INDEXES))))
                .as("nothing there")
                .isEqualTo(consumed(1, 1, ""));
    }

    @Test
    void aReadCostsWhatItLookedAtWhereItLooked() {
        answer("PutItem", on(table, item("read", ",'l':{'S':'a'},'g':{'S':'r'}", 5_000)));
        assertThat(capacity(answer("GetItem", on(table, key("read") + INDEXES))))
                .isEqualTo(consumed(1, 1, ""));
        assertThat(capacity(answer("GetItem", on(table, key("read") + ",'ConsistentRead':true" + INDEXES))))
                .isEqualTo(consumed(2, 2, ""));
        String global = ",'KeyConditionExpression':'g=:g','ExpressionAttributeValues':{':g':{'S':'r'}}";
        assertThat(capacity(answer("Query", on(table, "'IndexName':'by-g'" + global + INDEXES))))
                .isEqualTo(consumed(1, 0, ",'GlobalSecondaryIndexes':{'by-g':{'CapacityUnits':1.0}}"));
        String local = ",'KeyConditionExpression':'p=:p','ExpressionAttributeValues':{':p':{'S':'read'}}";
        assertThat(capacity(answer("Query", on(table, "'IndexName':'by-l'" + local + INDEXES))))
                .isEqualTo(consumed(0.5, 0, ",'LocalSecondaryIndexes':{'by-l':{'CapacityUnits':0.5}}"));
        assertThat(capacity(
                        answer("Query", on(table, "'IndexName':'by-l','Select':'ALL_ATTRIBUTES'" + local + INDEXES))))
                .as("the whole item is fetched from the table")
                .isEqualTo(consumed(1.5, 1, ",'LocalSecondaryIndexes':{'by-l':{'CapacityUnits':0.5}}"));
    }

    @Test
    void batchesAndTransactionsTellIt() {
        String put = "{'PutRequest':{" + item("batch", ",'g':{'S':'b'}", 1_500) + "}}";
        String batch = answer(
                "BatchWriteItem",
                ("{'RequestItems':{'" + table + "':[" + put + "]}" + INDEXES + "}").replace('\'', '"'));
        assertThat(batch)
                .isEqualTo(("{'UnprocessedItems':{},'ConsumedCapacity':[{'TableName':'" + table
                                + "','CapacityUnits':4.0,'Table':{'CapacityUnits':2.0},"
                                + "'GlobalSecondaryIndexes':{'by-g':{'CapacityUnits':2.0}}}]}")
                        .replace('\'', '"'));
        String action = "{'Put':{'TableName':'" + table + "'," + item("transact", ",'g':{'S':'b'}", 1_500) + "}}";
        String transaction =
                answer("TransactWriteItems", ("{'TransactItems':[" + action + "]" + INDEXES + "}").replace('\'', '"'));
        assertThat(transaction)
                .isEqualTo(("{'ConsumedCapacity':[{'TableName':'" + table
                                + "','CapacityUnits':8.0,'WriteCapacityUnits':8.0,"
                                + "'Table':{'CapacityUnits':4.0,'WriteCapacityUnits':4.0},"
                                + "'GlobalSecondaryIndexes':{'by-g':{'CapacityUnits':4.0,'WriteCapacityUnits':4.0}}}]}")
                        .replace('\'', '"'));
    }

    @Test
    void tellsOfItemCollectionsWhereThereAreLocalIndexes() {
        String metrics = ",'ReturnItemCollectionMetrics':'SIZE'";
        String expected = "{\"ItemCollectionKey\":{\"p\":{\"S\":\"metrics\"}},\"SizeEstimateRangeGB\":[0.0,1.0]}";
        assertThat(answer("PutItem", on(table, item("metrics", "", 10) + metrics)))
                .isEqualTo("{\"ItemCollectionMetrics\":" + expected + "}");
        String put = "{'PutRequest':{" + item("metrics", "", 10) + "}}";
        assertThat(answer(
                        "BatchWriteItem",
                        ("{'RequestItems':{'" + table + "':[" + put + "]}" + metrics + "}").replace('\'', '"')))
                .contains("\"ItemCollectionMetrics\":{\"" + table + "\":[" + expected + "]}");
        String plain = WireTarget.table("id:S");
        assertThat(answer("PutItem", on(plain, "'Item':{'id':{'S':'1'}}" + metrics)))
                .as("no local index")
                .isEqualTo("{}");
    }
}
