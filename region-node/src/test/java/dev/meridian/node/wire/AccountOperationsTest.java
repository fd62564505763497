package dev.meridian.node.wire;

import static dev.meridian.node.wire.WireTarget.answer;
import static dev.meridian.node.wire.WireTarget.on;
import static dev.meridian.node.wire.WireTarget.refuses;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What is told of the account and of what is never on: limits, endpoints, recovery, Kinesis; and the legacy version's refusals. */
class AccountOperationsTest {

    @Test
    void tellsLimitsAndEndpoints() {
        assertThat(answer("DescribeLimits", "{}"))
                .contains("\"AccountMaxReadCapacityUnits\":")
                .contains("\"TableMaxWriteCapacityUnits\":");
        assertThat(answer("DescribeEndpoints", "{}")).contains("\"Address\":").contains("\"CachePeriodInMinutes\":");
    }

    @Test
    void tellsWhatATableDoesNotHave() {
        String table = WireTarget.table("id:S");
        assertThat(answer("DescribeContinuousBackups", on(table, "")))
                .contains("\"PointInTimeRecoveryStatus\":\"DISABLED\"");
        refuses(
                "DescribeContinuousBackups",
                on("nowhere-to-be-found", ""),
                "TableNotFoundException",
                "Table not found: nowhere-to-be-found");
        assertThat(answer(
                        "UpdateContinuousBackups",
                        on(table, "\"PointInTimeRecoverySpecification\":{\"PointInTimeRecoveryEnabled\":false}")))
                .contains("\"PointInTimeRecoveryStatus\":\"DISABLED\"");
        refuses(
                "UpdateContinuousBackups",
                on(table, "\"PointInTimeRecoverySpecification\":{\"PointInTimeRecoveryEnabled\":true}"),
                "ValidationException",
                "Meridian keeps no backups: point-in-time recovery cannot be enabled for this table");
        assertThat(answer("DescribeKinesisStreamingDestination", on(table, "")))
                .contains("\"KinesisDataStreamDestinations\":[]");
    }

    @Test
    void theLegacyVersionOfGlobalTablesFindsAndMakesNothing() {
        String name = "{\"GlobalTableName\":\"some-table\"";
        for (String operation : new String[] {"DescribeGlobalTable", "DescribeGlobalTableSettings"}) {
            refuses(
                    operation,
                    name + "}",
                    "GlobalTableNotFoundException",
                    "Global table not found: Global table with name: 'some-table' does not exist.");
        }
        refuses(
                "UpdateGlobalTable",
                name + ",\"ReplicaUpdates\":[{\"Delete\":{\"RegionName\":\"eu-west-1\"}}]}",
                "GlobalTableNotFoundException",
                "Global table not found: Global table with name: 'some-table' does not exist.");
        refuses(
                "UpdateGlobalTableSettings",
                name + "}",
                "GlobalTableNotFoundException",
                "Global table not found: Global table with name: 'some-table' does not exist.");
        assertThat(WireTarget.call(
                                "CreateGlobalTable", name + ",\"ReplicationGroup\":[{\"RegionName\":\"us-east-1\"}]}")
                        .text())
                .contains("2017.11.29 is not supported");
        assertThat(answer("ListGlobalTables", "{}")).isEqualTo("{\"GlobalTables\":[]}");
    }
}
