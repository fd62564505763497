package dev.meridian.table.operation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** BatchWriteItem and BatchGetItem. */
class BatchTest {

    private final TestTable table = TestTable.simple();

    @Test
    void writesAndReadsManyItems() {
        assertThat(write(puts(25))).isEqualTo("{\"UnprocessedItems\":{}}");
        String answer = run(
                "BatchGetItem",
                "{'table':{'Keys':[" + key(3) + "," + key(4) + "," + key(99)
                        + "],'ProjectionExpression':'#v','ExpressionAttributeNames':{'#v':'v'}}}");
        assertThat(answer)
                .isEqualTo(json("{'Responses':{'table':[{'v':{'N':'3'}},{'v':{'N':'4'}}]},'UnprocessedKeys':{}}"));
        write("{'DeleteRequest':{'Key':" + key(3) + "}}");
        assertThat(run("BatchGetItem", "{'table':{'Keys':[" + key(3) + "]}}"))
                .isEqualTo(json("{'Responses':{'table':[]},'UnprocessedKeys':{}}"));
    }

    @Test
    void anAnswerOf16MiBLeavesKeysUnprocessed() {
        StringBuilder keys = new StringBuilder();
        for (int i = 0; i < 60; i++) {
            table.run(
                    "PutItem",
                    json("{'TableName':'table','Item':{'id':{'S':'k" + i + "'},'v':{'S':'" + "x".repeat(390 * 1024)
                            + "'}}}"));
            keys.append(i == 0 ? "" : ",").append(key(i));
        }
        String answer = run("BatchGetItem", "{'table':{'Keys':[" + keys + "],'ConsistentRead':true}}");
        assertThat(answer.length()).isBetween(15 << 20, 17 << 20);
        assertThat(answer.substring(answer.indexOf("UnprocessedKeys")))
                .contains("k59")
                .contains("\"ConsistentRead\":true");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "BatchWriteItem | {'table':[P0,P0]} | Provided list of item keys contains duplicates",
                "BatchWriteItem | {'table':[{}]} | Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes",
                "BatchWriteItem | {'table':[{'PutRequest':{'Item':{}}}]} | One or more parameter values were invalid: Missing the key id in the item",
                "BatchGetItem | {'table':{'Keys':[K0,K0]}} | Provided list of item keys contains duplicates",
                "BatchGetItem | {'table':{'Keys':[{}]}} | The provided key element does not match the schema",
                "BatchGetItem | {'table':{}} | 1 validation error detected: Value null at 'requestItems.table.member.keys' failed to satisfy constraint: Member must not be null",
                "BatchGetItem | {'table':{'Keys':[]}} | 1 validation error detected: Value '[]' at 'requestItems.table.member.keys' failed to satisfy constraint: Member must have length greater than or equal to 1",
            })
    void refusesInTheServicesWords(String operation, String items, String error) {
        assertThat(run(operation, items.replace("P0", put(0)).replace("K0", key(0))))
                .isEqualTo("ValidationException: " + error);
    }

    @Test
    void refusesMoreThan25Writes() {
        assertThat(write(puts(26)))
                .startsWith("ValidationException: 1 validation error detected: Value '{table=[WriteRequest(putRequest=")
                .endsWith(
                        "at 'requestItems' failed to satisfy constraint: Map value must satisfy constraint: [Member must "
                                + "have length less than or equal to 25, Member must have length greater than or equal to 1]");
    }

    @Test
    void anUnknownTableIsNotFound() {
        assertThat(run("BatchWriteItem", "{'other':[" + put(1) + "]}"))
                .isEqualTo("ResourceNotFoundException: Requested resource not found");
    }

    private static String puts(int count) {
        StringBuilder puts = new StringBuilder();
        for (int i = 0; i < count; i++) {
            puts.append(i == 0 ? "" : ",").append(put(i));
        }
        return puts.toString();
    }

    private static String put(int number) {
        return "{'PutRequest':{'Item':{'id':{'S':'k" + number + "'},'v':{'N':'" + number + "'}}}}";
    }

    private static String key(int number) {
        return "{'id':{'S':'k" + number + "'}}";
    }

    private String write(String requests) {
        return run("BatchWriteItem", "{'table':[" + requests + "]}");
    }

    private String run(String operation, String items) {
        return table.run(operation, json("{'RequestItems':" + items + "}"));
    }

    private static String json(String text) {
        return text.replace('\'', '"');
    }
}
