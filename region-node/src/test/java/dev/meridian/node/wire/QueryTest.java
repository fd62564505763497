package dev.meridian.node.wire;

import static dev.meridian.node.wire.WireTarget.answer;
import static dev.meridian.node.wire.WireTarget.createTable;
import static dev.meridian.node.wire.WireTarget.on;
import static dev.meridian.node.wire.WireTarget.put;
import static dev.meridian.node.wire.WireTarget.refusesAsInvalid;
import static dev.meridian.node.wire.WireTarget.refusesToRead;
import static dev.meridian.node.wire.WireTarget.sdk;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;

class QueryTest {

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
                                        + "{'AttributeName':'pos','KeyType':'RANGE'}],"
                                        + "'Projection':{'ProjectionType':'KEYS_ONLY'}}]")
                                .replace('\'', '"'),
                        "id:S",
                        "pos:N",
                        "city:S"));
        sdk().waiter().waitUntilTableExists(describe -> describe.tableName(table));
        for (int at : new int[] {-20, -3, 0, 5, 100, 1_000}) {
            put(
                    table,
                    "{'id':{'S':'a'},'pos':{'N':'" + at + "'},'even':{'BOOL':" + (at % 2 == 0) + "}"
                            + (at >= 0 ? ",'city':{'S':'Oslo'}" : "") + "}");
        }
        put(table, "{'id':{'S':'b'},'pos':{'N':'1'},'city':{'S':'Oslo'}}");
    }

    private static String query(String condition, String values, String more) {
        return on(
                table,
                "'KeyConditionExpression':'" + condition + "','ExpressionAttributeValues':{':id':{'S':'a'}"
                        + (values.isEmpty() ? "" : "," + values) + "}" + more);
    }

    private static List<Integer> positions(QueryResponse response) {
        return response.items().stream()
                .map(item ->
                        Integer.parseInt(Objects.requireNonNull(item.get("pos")).n()))
                .toList();
    }

    private static QueryRequest.Builder ofA() {
        return QueryRequest.builder()
                .tableName(table)
                .keyConditionExpression("id = :id")
                .expressionAttributeValues(Map.of(":id", AttributeValue.fromS("a")));
    }

    @Nested
    class Serialization {

        @Test
        void namesWhatCannotBeALimit() {
            refusesToRead("Query", "{\"Limit\":\"x\"}", "STRING_VALUE cannot be converted to Integer");
            refusesToRead("Query", "{\"Limit\":99999999999}", "NUMBER_VALUE cannot be converted to Integer");
        }
    }

    @Nested
    class Validation {

        @Test
        void checksTheLimit() {
            refusesAsInvalid(
                    "Query",
                    query("id = :id", "", ",'Limit':0"),
                    "1 validation error detected: Value '0' at 'limit' failed to satisfy constraint: "
                            + "Member must have value greater than or equal to 1");
        }

        @Test
        void wantsAKeyCondition() {
            refusesAsInvalid(
                    "Query",
                    on(table, ""),
                    "Either the KeyConditions or KeyConditionExpression parameter must be specified in the request.");
            refusesAsInvalid("Query", query("city = :id", "", ""), "Query condition missed key schema element: id");
            refusesAsInvalid("Query", query("id > :id", "", ""), "Query key condition not supported");
        }

        @Test
        void keepsKeysOutOfTheFilter() {
            refusesAsInvalid(
                    "Query",
                    query("id = :id", "':v':{'N':'1'}", ",'FilterExpression':'pos = :v'"),
                    "Filter Expression can only contain non-primary key attributes: Primary key attribute: pos");
        }

        @Test
        void knowsItsIndexes() {
            refusesAsInvalid(
                    "Query",
                    query("id = :id", "", ",'IndexName':'none'"),
                    "The table does not have the specified index: none");
            refusesAsInvalid(
                    "Query",
                    query("city = :id", "", ",'IndexName':'by-city','ConsistentRead':true"),
                    "Consistent reads are not supported on global secondary indexes");
        }

        @Test
        void checksTheStartKey() {
            refusesAsInvalid(
                    "Query",
                    query("id = :id", "", ",'ExclusiveStartKey':{'id':{'S':'a'}}"),
                    "The provided starting key is invalid: The provided key element does not match the schema");
        }
    }

    @Nested
    class Behaviour {

        @Test
        void readsNumbersInTheirOrder() {
            assertThat(positions(sdk().query(ofA().build()))).containsExactly(-20, -3, 0, 5, 100, 1_000);
            assertThat(positions(sdk().query(ofA().scanIndexForward(false).build())))
                    .containsExactly(1_000, 100, 5, 0, -3, -20);
        }

        @Test
        void takesEveryRangeCondition() {
            String[][] conditions = {
                {"pos < :v", "[-20, -3, 0]"},
                {"pos <= :v", "[-20, -3, 0, 5]"},
                {"pos = :v", "[5]"},
                {"pos > :v", "[100, 1000]"},
                {"pos >= :v", "[5, 100, 1000]"},
                {"pos BETWEEN :w AND :v", "[-3, 0, 5]"}
            };
            for (String[] condition : conditions) {
                Map<String, AttributeValue> values = condition[0].contains(":w")
                        ? Map.of(
                                ":id", AttributeValue.fromS("a"),
                                ":v", AttributeValue.fromN("5"),
                                ":w", AttributeValue.fromN("-3"))
                        : Map.of(":id", AttributeValue.fromS("a"), ":v", AttributeValue.fromN("5"));
                assertThat(positions(sdk().query(ofA().keyConditionExpression("id = :id AND " + condition[0])
                                        .expressionAttributeValues(values)
                                        .build()))
                                .toString())
                        .as(condition[0])
                        .isEqualTo(condition[1]);
            }
        }

        @Test
        void pagesWithoutLossOrRepetition() {
            for (boolean forward : new boolean[] {true, false}) {
                List<Integer> all = sdk()
                        .queryPaginator(ofA().limit(2).scanIndexForward(forward).build())
                        .stream()
                        .flatMap(page -> positions(page).stream())
                        .toList();
                assertThat(all).hasSize(6).doesNotHaveDuplicates();
            }
        }

        @Test
        void countsBeforeAndAfterTheFilter() {
            assertThat(answer(
                            "Query",
                            query(
                                    "id = :id",
                                    "':t':{'BOOL':true}",
                                    ",'FilterExpression':'even = :t','Select':'COUNT'")))
                    .isEqualTo("{\"Count\":4,\"ScannedCount\":6}");
        }

        @Test
        void appliesTheLimitBeforeTheFilter() {
            QueryResponse response = sdk().query(ofA().limit(2)
                    .filterExpression("even = :t")
                    .expressionAttributeValues(
                            Map.of(":id", AttributeValue.fromS("a"), ":t", AttributeValue.fromBool(true)))
                    .build());
            assertThat(response.scannedCount()).isEqualTo(2);
            assertThat(positions(response)).containsExactly(-20);
            assertThat(response.lastEvaluatedKey())
                    .isEqualTo(Map.of("id", AttributeValue.fromS("a"), "pos", AttributeValue.fromN("-3")));
        }

        @Test
        void readsAnIndexAndOnlyWhatItHolds() {
            List<QueryResponse> pages = sdk()
                    .queryPaginator(QueryRequest.builder()
                            .tableName(table)
                            .indexName("by-city")
                            .limit(2)
                            .keyConditionExpression("city = :c")
                            .expressionAttributeValues(Map.of(":c", AttributeValue.fromS("Oslo")))
                            .build())
                    .stream()
                    .toList();
            assertThat(pages.stream().flatMap(page -> positions(page).stream())).containsExactly(0, 1, 5, 100, 1_000);
            assertThat(pages.get(0).items().get(0)).containsOnlyKeys("id", "pos", "city");
            assertThat(pages.get(0).lastEvaluatedKey()).containsOnlyKeys("id", "pos", "city");
        }

        @Test
        void endsAPageAtOneMegabyte() {
            String large = WireTarget.table("id:S", "pos:N");
            String value = "x".repeat(300_000);
            for (int i = 0; i < 5; i++) {
                put(large, "{'id':{'S':'a'},'pos':{'N':'" + i + "'},'v':{'S':'" + value + "'}}");
            }
            QueryResponse first = sdk().query(ofA().tableName(large).build());
            assertThat(first.count()).isEqualTo(4);
            assertThat(first.lastEvaluatedKey()).isNotEmpty();
            assertThat(sdk().query(ofA().tableName(large)
                                    .exclusiveStartKey(first.lastEvaluatedKey())
                                    .build())
                            .count())
                    .isEqualTo(1);
        }
    }
}
