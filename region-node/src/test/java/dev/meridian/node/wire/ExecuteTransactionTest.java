package dev.meridian.node.wire;

import static dev.meridian.node.wire.WireTarget.answer;
import static dev.meridian.node.wire.WireTarget.createTable;
import static dev.meridian.node.wire.WireTarget.put;
import static dev.meridian.node.wire.WireTarget.refuses;
import static dev.meridian.node.wire.WireTarget.refusesAsInvalid;
import static dev.meridian.node.wire.WireTarget.sdk;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.ExecuteTransactionResponse;
import software.amazon.awssdk.services.dynamodb.model.ParameterizedStatement;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/** ExecuteTransaction. In statements here, {@code $t} is the table. */
class ExecuteTransactionTest {

    private static String table = "";

    @BeforeAll
    static void makeTable() {
        table = WireTarget.freshName();
        answer(
                "CreateTable",
                createTable(
                        table,
                        (",'GlobalSecondaryIndexes':[{'IndexName':'by-city','KeySchema':["
                                        + "{'AttributeName':'city','KeyType':'HASH'},"
                                        + "{'AttributeName':'id','KeyType':'RANGE'}],"
                                        + "'Projection':{'ProjectionType':'KEYS_ONLY'}}]")
                                .replace('\'', '"'),
                        "id:S",
                        "sk:N",
                        "city:S"));
        sdk().waiter().waitUntilTableExists(describe -> describe.tableName(table));
    }

    private static String text(String statement) {
        return statement.replace("$t", "\"" + table + "\"");
    }

    private static ExecuteTransactionResponse run(String... statements) {
        return sdk().executeTransaction(request -> request.transactStatements(Arrays.stream(statements)
                .map(statement -> ParameterizedStatement.builder()
                        .statement(text(statement))
                        .returnValuesOnConditionCheckFailure("ALL_OLD")
                        .build())
                .toList()));
    }

    private static String json(String more, String... statements) {
        return Arrays.stream(statements)
                .map(statement -> "{\"Statement\":\"" + text(statement).replace("\"", "\\\"") + "\"}")
                .collect(Collectors.joining(",", "{\"TransactStatements\":[", "]" + more + "}"));
    }

    private static Map<String, AttributeValue> item(String id) {
        return sdk().getItem(get -> get.tableName(table)
                        .key(Map.of("id", AttributeValue.fromS(id), "sk", AttributeValue.fromN("1"))))
                .item();
    }

    private static void make(String id, int a) {
        put(table, "{'id':{'S':'" + id + "'},'sk':{'N':'1'},'a':{'N':'" + a + "'},'city':{'S':'Oslo'}}");
    }

    @Nested
    class Writing {

        @Test
        void allTakePlace() {
            make("w1", 1);
            make("w2", 1);
            make("w3", 1);
            assertThat(answer(
                            "ExecuteTransaction",
                            json(
                                    ",\"ReturnConsumedCapacity\":\"TOTAL\"",
                                    "UPDATE $t SET a=a+1 WHERE id='w1' AND sk=1",
                                    "DELETE FROM $t WHERE id='w2' AND sk=1",
                                    "INSERT INTO $t VALUE {'id':'w4','sk':1}",
                                    "EXISTS(SELECT * FROM $t WHERE id='w3' AND sk=1 AND a IS NOT MISSING)")))
                    .startsWith("{\"Responses\":[]")
                    .contains("\"WriteCapacityUnits\"");
            assertThat(item("w1")).containsEntry("a", AttributeValue.fromN("2"));
            assertThat(item("w2")).isEmpty();
            assertThat(item("w4")).hasSize(2);
        }

        @Test
        void noneTakesPlaceAndEachHasItsReason() {
            make("n1", 1);
            make("n2", 1);
            TransactionCanceledException cancelled = catchThrowableOfType(
                    TransactionCanceledException.class,
                    () -> run(
                            "INSERT INTO $t VALUE {'id':'fresh','sk':1}",
                            "INSERT INTO $t VALUE {'id':'n1','sk':1}",
                            "UPDATE $t SET a=2 WHERE id='n2' AND sk=1 AND a=99",
                            "EXISTS(SELECT * FROM $t WHERE id='none' AND sk=1 AND a=1)",
                            "DELETE FROM $t WHERE id='none2' AND sk=1 AND a=1"));
            assertThat(cancelled.awsErrorDetails().errorMessage())
                    .isEqualTo("Transaction cancelled, please refer cancellation reasons for specific reasons "
                            + "[None, DuplicateItem, ConditionalCheckFailed, ConditionalCheckFailed, None]");
            CancellationReason duplicate = cancelled.cancellationReasons().get(1);
            assertThat(duplicate.message()).isEqualTo("Duplicate primary key exists in table");
            assertThat(cancelled.cancellationReasons().get(2).item()).containsEntry("a", AttributeValue.fromN("1"));
            assertThat(item("fresh")).isEmpty();
        }

        @Test
        void onceUnderOneToken() {
            make("t1", 1);
            String token = ",\"ReturnConsumedCapacity\":\"TOTAL\",\"ClientRequestToken\":\"token-" + table + "\"";
            String add = "UPDATE $t SET a=a+1 WHERE id='t1' AND sk=1";
            assertThat(answer("ExecuteTransaction", json(token, add))).contains("WriteCapacityUnits");
            assertThat(answer("ExecuteTransaction", json(token, add))).contains("ReadCapacityUnits");
            assertThat(item("t1")).containsEntry("a", AttributeValue.fromN("2"));
            assertThat(WireTarget.call("ExecuteTransaction", json(token, add.replace("a+1", "a+2")))
                            .text())
                    .contains("IdempotentParameterMismatchException");
        }
    }

    @Nested
    class Cancelling {

        private void cancels(String reasons, String... statements) {
            assertThat(catchThrowableOfType(TransactionCanceledException.class, () -> run(statements))
                            .awsErrorDetails()
                            .errorMessage())
                    .endsWith("specific reasons [" + reasons + "]");
        }

        @Test
        void wherePartsDoNotSuitTheTable() {
            String insert = "INSERT INTO $t VALUE {'id':'s','sk':1}";
            cancels("None, ValidationError", insert, "INSERT INTO $t VALUE {'id':'s'}");
            cancels("ValidationError, None", "UPDATE $t SET a=1 WHERE id=1 AND sk=1", insert);
            cancels("None, ValidationError", insert, "UPDATE $t SET sk=2 WHERE id='1' AND sk=1");
            cancels("ValidationError", "SELECT * FROM $t WHERE id=1 AND sk=1");
        }
    }

    @Nested
    class Reading {

        @Test
        void givesEveryItemOrNone() {
            make("r1", 1);
            assertThat(answer(
                            "ExecuteTransaction",
                            json(
                                    ",\"ReturnConsumedCapacity\":\"TOTAL\"",
                                    "SELECT a FROM $t WHERE id='r1' AND sk=1",
                                    "SELECT * FROM $t WHERE id='none' AND sk=1")))
                    .startsWith("{\"Responses\":[{\"Item\":{\"a\":{\"N\":\"1\"}}},{}]")
                    .contains("\"ReadCapacityUnits\":4.0");
        }

        @Test
        void showsPathsWhereTheyStand() {
            put(table, "{'id':{'S':'r2'},'sk':{'N':'1'},'m':{'M':{'x':{'N':'1'},'y':{'N':'2'}}}}");
            assertThat(answer("ExecuteTransaction", json("", "SELECT m.x FROM $t WHERE id='r2' AND sk=1")))
                    .isEqualTo("{\"Responses\":[{\"Item\":{\"m\":{\"M\":{\"x\":{\"N\":\"1\"}}}}}]}");
        }

        @Test
        void onlyByPrimaryKey() {
            String text =
                    "Validation failed in TransactStatements[0]: Select statements within ExecuteTransaction must "
                            + "specify the primary key in the where clause.";
            for (String where :
                    new String[] {"", " WHERE id='r'", " WHERE id='r' AND sk=1 AND a=1", " WHERE id='r' AND sk>1"}) {
                refusesAsInvalid("ExecuteTransaction", json("", "SELECT * FROM $t" + where), text);
            }
            refusesAsInvalid(
                    "ExecuteTransaction",
                    json("", "SELECT * FROM $t.\"by-city\" WHERE city='Oslo'"),
                    "Validation failed in TransactStatements[0]: Reads on indices are not supported within transactions.");
        }
    }

    @Nested
    class Validation {

        @Test
        void allReadOrAllWrite() {
            refusesAsInvalid(
                    "ExecuteTransaction",
                    json("", "SELECT * FROM $t WHERE id='1' AND sk=1", "DELETE FROM $t WHERE id='2' AND sk=1"),
                    "ExecuteTransaction API does not support both read and write operations in the same request.");
        }

        @Test
        void everyItemOnce() {
            String text = "Transaction request cannot include multiple operations on one item";
            String select = "SELECT * FROM $t WHERE id='1' AND sk=1";
            String delete = "DELETE FROM $t WHERE id='1' AND sk=1";
            refusesAsInvalid("ExecuteTransaction", json("", select, select), text);
            refusesAsInvalid("ExecuteTransaction", json("", delete, "INSERT INTO $t VALUE {'id':'1','sk':1}"), text);
        }

        @Test
        void saysWhichStatementIsWrong() {
            String delete = "DELETE FROM $t WHERE id='1' AND sk=1";
            String second = "Validation failed in TransactStatements[1]: ";
            refusesAsInvalid(
                    "ExecuteTransaction",
                    json("", delete, "SELECT * FROM $t WHERE"),
                    second + "Statement wasn't well formed, can't be processed: Unexpected term");
            refusesAsInvalid(
                    "ExecuteTransaction",
                    json("", delete, "UPDATE $t SET a=1 WHERE id='2' AND sk=1 RETURNING ALL NEW *"),
                    second + "RETURNING clause is not supported in ExecuteTransaction.");
            refusesAsInvalid(
                    "ExecuteTransaction",
                    json("", delete, "EXISTS(SELECT * FROM $t WHERE id='2' AND sk=1)"),
                    second + "EXISTS() must contain a single item read with additional condition");
            refusesAsInvalid(
                    "ExecuteTransaction",
                    json("", delete, "UPDATE $t SET a=? WHERE id='2' AND sk=1"),
                    second + "Number of parameters in request and statement don't match.");
            refuses(
                    "ExecuteTransaction",
                    json("", delete, "DELETE FROM \"not-there\" WHERE id='2'"),
                    "ResourceNotFoundException",
                    "Requested resource not found");
        }
    }
}
