package dev.meridian.node.wire;

import static dev.meridian.node.wire.WireTarget.answer;
import static dev.meridian.node.wire.WireTarget.on;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** UpdateContributorInsights, DescribeContributorInsights and ListContributorInsights. */
class ContributorInsightsTest {

    @Test
    void areTurnedOnAndOffByTableAndIndex() {
        String table = WireTarget.freshName();
        String index = ",\"GlobalSecondaryIndexes\":[{\"IndexName\":\"by-g\",\"KeySchema\":[{\"AttributeName\":\"g\","
                + "\"KeyType\":\"HASH\"}],\"Projection\":{\"ProjectionType\":\"ALL\"}}]";
        answer("CreateTable", WireTarget.createTable(table, index, "p:S", "s:S", "g:S"));
        assertThat(answer("DescribeContributorInsights", on(table, "")))
                .isEqualTo("{\"TableName\":\"" + table + "\",\"ContributorInsightsStatus\":\"DISABLED\"}");
        assertThat(answer("UpdateContributorInsights", on(table, "'ContributorInsightsAction':'ENABLE'")))
                .isEqualTo("{\"TableName\":\"" + table + "\",\"ContributorInsightsStatus\":\"ENABLING\","
                        + "\"ContributorInsightsMode\":\"ACCESSED_AND_THROTTLED_KEYS\"}");
        answer(
                "UpdateContributorInsights",
                on(
                        table,
                        "'IndexName':'by-g','ContributorInsightsAction':'ENABLE',"
                                + "'ContributorInsightsMode':'THROTTLED_KEYS'"));
        assertThat(answer("DescribeContributorInsights", on(table, "")))
                .contains("\"ContributorInsightsStatus\":\"ENABLED\"")
                .containsPattern("DynamoDBContributorInsights-PKC-" + table + "-\\d+")
                .containsPattern("DynamoDBContributorInsights-SKT-" + table + "-\\d+");
        assertThat(answer("DescribeContributorInsights", on(table, "'IndexName':'by-g'")))
                .containsPattern("\\[\"DynamoDBContributorInsights-PKT-" + table + "-by-g-\\d+\"]");
        answer("UpdateContributorInsights", on(table, "'ContributorInsightsAction':'DISABLE'"));
        assertThat(answer("ListContributorInsights", on(table, "")))
                .isEqualTo(("{'ContributorInsightsSummaries':[{'TableName':'" + table
                                + "','ContributorInsightsStatus':'DISABLED',"
                                + "'ContributorInsightsMode':'ACCESSED_AND_THROTTLED_KEYS'},{'TableName':'" + table
                                + "','IndexName':'by-g','ContributorInsightsStatus':'ENABLED',"
                                + "'ContributorInsightsMode':'THROTTLED_KEYS'}]}")
                        .replace('\'', '"'));
    }

    @Test
    void refuseWhatIsNotThere() {
        String table = WireTarget.table("id:S");
        WireTarget.refuses(
                "DescribeContributorInsights",
                on(table, "'IndexName':'nowhere'"),
                "ResourceNotFoundException",
                "Requested resource not found: Index: nowhere not found for table: " + table);
        WireTarget.refuses(
                "UpdateContributorInsights",
                on("nowhere-to-be-found", "'ContributorInsightsAction':'ENABLE'"),
                "ResourceNotFoundException",
                "Requested resource not found: Table: nowhere-to-be-found not found");
    }
}
