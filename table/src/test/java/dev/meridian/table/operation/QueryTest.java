package dev.meridian.table.operation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QueryTest {

    private final TestTable table = TestTable.indexed();

    @BeforeEach
    void fill() {
        for (int n = 1; n <= 5; n++) {
            table.run(
                    "PutItem",
                    "{\"TableName\":\"table\",\"Item\":{\"id\":{\"S\":\"a\"},\"n\":{\"N\":\"" + n * 10
                            + "\"},\"l\":{\"S\":\"" + (9 - n) + "\"},\"g\":{\"S\":\"" + (n % 2 == 0 ? "even" : "odd")
                            + "\"},\"x\":{\"N\":\"" + n + "\"},\"y\":{\"N\":\"0\"}}}");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "id = :a | 10 20 30 40 50",
                "id = :a AND n = :n | 30",
                "id = :a AND n < :n | 10 20",
                "id = :a AND n <= :n | 10 20 30",
                "id = :a AND n > :n | 40 50",
                "id = :a AND n >= :n | 30 40 50",
                "n BETWEEN :n AND :m AND id = :a | 30 40",
                "(id = :a) AND (:n < n) | 40 50",
            })
    void findsBySortKey(String condition, String expected) {
        assertThat(numbers(query(condition, ""))).isEqualTo(expected);
    }

    @Test
    void goesBackwardsAndInPages() {
        String first = query("id = :a", ",\"ScanIndexForward\":false,\"Limit\":2");
        assertThat(numbers(first.substring(0, first.indexOf("\"LastEvaluatedKey"))))
                .isEqualTo("50 40");
        assertThat(first).contains("\"LastEvaluatedKey\":{\"id\":{\"S\":\"a\"},\"n\":{\"N\":\"40\"}}");
        String second = query(
                "id = :a",
                ",\"ScanIndexForward\":false,\"ExclusiveStartKey\":{\"id\":{\"S\":\"a\"},\"n\":{\"N\":\"40\"}}");
        assertThat(numbers(second)).isEqualTo("30 20 10");
    }

    @Test
    void filtersAfterCounting() {
        String answer = query("id = :a", ",\"FilterExpression\":\"x >= :x\"", ",\":x\":{\"N\":\"4\"}");
        assertThat(numbers(answer)).isEqualTo("40 50");
        assertThat(answer).contains("\"Count\":2,\"ScannedCount\":5");
    }

    @Test
    void aLocalIndexSortsByItsOwnKeyAndFetchesTheRest() {
        String answer = query(
                "id = :a AND l >= :l",
                ",\"IndexName\":\"by-l\",\"Select\":\"ALL_ATTRIBUTES\"",
                ",\":l\":{\"S\":\"6\"}");
        assertThat(numbers(answer)).isEqualTo("30 20 10");
        assertThat(answer).contains("\"y\"");
        assertThat(query("id = :a AND l >= :l", ",\"IndexName\":\"by-l\"", ",\":l\":{\"S\":\"6\"}"))
                .doesNotContain("\"y\"");
    }

    @Test
    void aGlobalIndexHoldsWhatItProjects() {
        String answer = table.run("Query", """
                {"TableName":"table","IndexName":"by-g","KeyConditionExpression":"g = :g",
                 "ExpressionAttributeValues":{":g":{"S":"even"}}}""");
        assertThat(numbers(answer)).isEqualTo("20 40");
        assertThat(answer).contains("\"x\"").doesNotContain("\"y\"");
        table.run("DeleteItem", "{\"TableName\":\"table\",\"Key\":{\"id\":{\"S\":\"a\"},\"n\":{\"N\":\"20\"}}}");
        assertThat(numbers(table.run("Scan", "{\"TableName\":\"table\",\"IndexName\":\"by-g\"}")))
                .doesNotContain("20");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "n = :n | Query condition missed key schema element: id",
                "id > :a | Query key condition not supported",
                "id = :n | One or more parameter values were invalid: Condition parameter type does not match schema type",
                "id = :a AND n = :n AND n = :m | Invalid KeyConditionExpression: KeyConditionExpressions must only contain one condition per key",
                "id = :a OR n = :n | Invalid KeyConditionExpression: Invalid operator used in KeyConditionExpression: OR",
                "id = :a AND x = :n | Query condition missed key schema element: n",
            })
    void refusesInTheServicesWords(String condition, String error) {
        assertThat(query(condition, "")).isEqualTo("ValidationException: " + error);
    }

    @Test
    void strongReadsAreRefusedOnAGlobalIndex() {
        assertThat(table.run("Query", """
                        {"TableName":"table","IndexName":"by-g","KeyConditionExpression":"g = :g","ConsistentRead":true,
                         "ExpressionAttributeValues":{":g":{"S":"even"}}}"""))
                .isEqualTo("ValidationException: Consistent reads are not supported on global secondary indexes");
    }

    @Test
    void scanInSegmentsFindsEverythingOnce() {
        for (int i = 0; i < 200; i++) {
            table.run(
                    "PutItem",
                    "{\"TableName\":\"table\",\"Item\":{\"id\":{\"S\":\"k" + i + "\"},\"n\":{\"N\":\"1\"}}}");
        }
        int found = 0;
        for (int segment = 0; segment < 7; segment++) {
            String answer = table.run(
                    "Scan",
                    "{\"TableName\":\"table\",\"Select\":\"COUNT\",\"TotalSegments\":7,\"Segment\":" + segment + "}");
            found += Integer.parseInt(answer.replaceAll(".*\"ScannedCount\":(\\d+).*", "$1"));
        }
        assertThat(found).isEqualTo(205);
    }

    private String query(String condition, String more) {
        return query(condition, more, "");
    }

    private String query(String condition, String more, String moreValues) {
        StringBuilder values = new StringBuilder();
        if (condition.contains(":a")) {
            values.append(",\":a\":{\"S\":\"a\"}");
        }
        if (condition.contains(":n")) {
            values.append(",\":n\":{\"N\":\"30\"}");
        }
        if (condition.contains(":m")) {
            values.append(",\":m\":{\"N\":\"40\"}");
        }
        return table.run(
                "Query",
                "{\"TableName\":\"table\",\"KeyConditionExpression\":\"" + condition + "\"" + more
                        + ",\"ExpressionAttributeValues\":{" + (values + moreValues).substring(1) + "}}");
    }

    /** The sort keys of an answer's items, in their order. */
    private static String numbers(String answer) {
        if (!answer.startsWith("{")) {
            return answer;
        }
        StringBuilder numbers = new StringBuilder();
        java.util.regex.Matcher matcher =
                java.util.regex.Pattern.compile("\"n\":\\{\"N\":\"(\\d+)\"}").matcher(answer);
        while (matcher.find()) {
            numbers.append(numbers.length() == 0 ? "" : " ").append(matcher.group(1));
        }
        return numbers.toString();
    }
}
