package dev.meridian.node.wire;

import static dev.meridian.node.wire.WireTarget.answer;
import static dev.meridian.node.wire.WireTarget.put;
import static dev.meridian.node.wire.WireTarget.refusesAsInvalid;
import static dev.meridian.node.wire.WireTarget.sdk;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchStatementErrorCodeEnum;
import software.amazon.awssdk.services.dynamodb.model.BatchStatementRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchStatementResponse;

/** BatchExecuteStatement. In statements here, {@code $t} is the table. */
class BatchExecuteStatementTest {

    private static String table = "";

    @BeforeAll
    static void makeTable() {
        table = WireTarget.table("id:S");
    }

    private static String text(String statement) {
        return statement.replace("$t", "\"" + table + "\"");
    }

    private static List<BatchStatementResponse> run(String... statements) {
        return sdk().batchExecuteStatement(request -> request.statements(Arrays.stream(statements)
                        .map(statement -> BatchStatementRequest.builder()
                                .statement(text(statement))
                                .build())
                        .toList()))
                .responses();
    }

    private static String json(String... statements) {
        return Arrays.stream(statements)
                .map(statement -> "{\"Statement\":\"" + text(statement).replace("\"", "\\\"") + "\"}")
                .collect(Collectors.joining(",", "{\"Statements\":[", "]}"));
    }

    private static void failed(
            BatchStatementResponse response, BatchStatementErrorCodeEnum code, String text, boolean reachedTable) {
        assertThat(response.error().code()).isEqualTo(code);
        assertThat(response.error().message()).isEqualTo(text);
        assertThat(response.tableName()).isEqualTo(reachedTable ? table : null);
    }

    @Nested
    class Reading {

        @Test
        void givesEachItemOrNone() {
            put(table, "{'id':{'S':'r1'},'a':{'N':'1'},'m':{'M':{'x':{'S':'deep'}}}}");
            List<BatchStatementResponse> responses = run(
                    "SELECT * FROM $t WHERE id='r1'",
                    "SELECT * FROM $t WHERE id='none'",
                    "SELECT * FROM $t WHERE a=1",
                    "SELECT * FROM \"not-there\" WHERE id='r1'",
                    "SLECT * FROM $t WHERE id='r1'",
                    "EXISTS(SELECT * FROM $t WHERE id='r1' AND a=1)",
                    "DROP TABLE $t");
            assertThat(responses.get(0).item()).hasSize(3);
            assertThat(responses.get(0).tableName()).isEqualTo(table);
            assertThat(responses.get(1).hasItem()).isFalse();
            assertThat(responses.get(1).error()).isNull();
            failed(
                    responses.get(2),
                    BatchStatementErrorCodeEnum.VALIDATION_ERROR,
                    "Select statements within BatchExecuteStatement must specify the primary key in the where clause.",
                    false);
            failed(
                    responses.get(3),
                    BatchStatementErrorCodeEnum.RESOURCE_NOT_FOUND,
                    "Requested resource not found",
                    false);
            failed(
                    responses.get(4),
                    BatchStatementErrorCodeEnum.VALIDATION_ERROR,
                    "Statement wasn't well formed, can't be processed: Expected data manipulation",
                    false);
            failed(
                    responses.get(5),
                    BatchStatementErrorCodeEnum.VALIDATION_ERROR,
                    "EXISTS can only be used in ExecuteTransaction write requests.",
                    false);
            failed(
                    responses.get(6),
                    BatchStatementErrorCodeEnum.VALIDATION_ERROR,
                    "Invalid operation. Only select, insert, update and delete operations are valid",
                    false);
        }

        @Test
        void eachWithItsOwnConsistency() {
            put(table, "{'id':{'S':'r2'}}");
            String twice = json("SELECT * FROM $t WHERE id='r2'", "SELECT * FROM $t WHERE id='none'")
                    .replaceFirst("\"}", "\",\"ConsistentRead\":true}");
            assertThat(answer(
                            "BatchExecuteStatement",
                            twice.substring(0, twice.length() - 1) + ",\"ReturnConsumedCapacity\":\"TOTAL\"}"))
                    .contains("\"CapacityUnits\":1.5");
        }
    }

    @Nested
    class Writing {

        @Test
        void eachSucceedsOrFailsByItself() {
            put(table, "{'id':{'S':'w1'},'a':{'N':'1'}}");
            put(table, "{'id':{'S':'w2'},'a':{'N':'1'}}");
            put(table, "{'id':{'S':'w3'},'a':{'N':'1'}}");
            List<BatchStatementResponse> responses = run(
                    "INSERT INTO $t VALUE {'id':'w1'}",
                    "UPDATE $t SET a=2 WHERE id='w2' AND a=99",
                    "UPDATE $t SET a=2 WHERE id='w3' RETURNING MODIFIED NEW *",
                    "INSERT INTO $t VALUE {'id':'w4'}",
                    "DELETE FROM $t WHERE id='none' RETURNING ALL OLD *",
                    "DELETE FROM $t WHERE a=1",
                    "UPDATE $t SET a=? WHERE id='w5'",
                    "UPDATE $t SET q.z=2 WHERE id='w1'".replace("w1", "w6"));
            failed(
                    responses.get(0),
                    BatchStatementErrorCodeEnum.DUPLICATE_ITEM,
                    "Duplicate primary key exists in table",
                    true);
            failed(
                    responses.get(1),
                    BatchStatementErrorCodeEnum.CONDITIONAL_CHECK_FAILED,
                    "The conditional request failed",
                    true);
            assertThat(responses.get(2).item()).isEqualTo(Map.of("a", AttributeValue.fromN("2")));
            assertThat(responses.get(3).error()).isNull();
            assertThat(responses.get(3).tableName()).isEqualTo(table);
            assertThat(responses.get(4).hasItem()).isFalse();
            assertThat(responses.get(4).error()).isNull();
            failed(
                    responses.get(5),
                    BatchStatementErrorCodeEnum.VALIDATION_ERROR,
                    "Where clause does not contain a mandatory equality on all key attributes",
                    false);
            failed(
                    responses.get(6),
                    BatchStatementErrorCodeEnum.VALIDATION_ERROR,
                    "Number of parameters in request and statement don't match.",
                    false);
            failed(
                    responses.get(7),
                    BatchStatementErrorCodeEnum.CONDITIONAL_CHECK_FAILED,
                    "The conditional request failed",
                    true);
            assertThat(sdk().getItem(get -> get.tableName(table).key(Map.of("id", AttributeValue.fromS("w4"))))
                            .hasItem())
                    .isTrue();
        }

        @Test
        void tellsWhatTheSuccessfulOnesConsumed() {
            String batch = json("INSERT INTO $t VALUE {'id':'c1'}", "UPDATE $t SET a=2 WHERE id='none'");
            assertThat(answer(
                            "BatchExecuteStatement",
                            batch.substring(0, batch.length() - 1) + ",\"ReturnConsumedCapacity\":\"TOTAL\"}"))
                    .contains("\"CapacityUnits\":1.0");
        }
    }

    @Nested
    class Validation {

        @Test
        void allReadOrAllWrite() {
            refusesAsInvalid(
                    "BatchExecuteStatement",
                    json("SELECT * FROM $t WHERE id='1'", "DELETE FROM $t WHERE id='2'"),
                    "Read and write requests together in the same batch is not supported.");
        }

        @Test
        void everyItemOnce() {
            String text = "Provided list of item keys contains duplicates";
            refusesAsInvalid(
                    "BatchExecuteStatement",
                    json("SELECT * FROM $t WHERE id='1'", "SELECT a FROM $t WHERE id='1'"),
                    text);
            refusesAsInvalid(
                    "BatchExecuteStatement",
                    json("UPDATE $t SET a=1 WHERE id='1'", "DELETE FROM $t WHERE id='1'"),
                    text);
        }

        @Test
        void upToTwentyFive() {
            String[] many = new String[26];
            Arrays.setAll(many, i -> "SELECT * FROM $t WHERE id='" + i + "'");
            assertThat(WireTarget.call("BatchExecuteStatement", json(many)).text())
                    .contains(
                            "at 'statements' failed to satisfy constraint: Member must have length less than or equal "
                                    + "to 25");
            assertThat(run(Arrays.copyOf(many, 25))).hasSize(25);
        }
    }
}
