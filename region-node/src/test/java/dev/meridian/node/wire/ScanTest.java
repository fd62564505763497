package dev.meridian.node.wire;

import static dev.meridian.node.wire.WireTarget.answer;
import static dev.meridian.node.wire.WireTarget.on;
import static dev.meridian.node.wire.WireTarget.put;
import static dev.meridian.node.wire.WireTarget.refuses;
import static dev.meridian.node.wire.WireTarget.refusesAsInvalid;
import static dev.meridian.node.wire.WireTarget.refusesToRead;
import static dev.meridian.node.wire.WireTarget.sdk;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;

class ScanTest {

    private static final int ITEMS = 40;
    private static String table = "";

    @BeforeAll
    static void makeTable() {
        table = WireTarget.table("id:S");
        for (int i = 0; i < ITEMS; i++) {
            put(table, "{'id':{'S':'" + i + "'},'n':{'N':'" + i + "'}}");
        }
    }

    private static List<String> ids(ScanRequest request) {
        return sdk().scanPaginator(request).items().stream()
                .map(item -> Objects.requireNonNull(item.get("id")).s())
                .toList();
    }

    @Nested
    class Serialization {

        @Test
        void namesWhatCannotBeASegment() {
            refusesToRead("Scan", "{\"Segment\":true}", "TRUE_VALUE cannot be converted to Integer");
        }
    }

    @Nested
    class Validation {

        @Test
        void wantsBothOrNeitherOfTheSegmentParameters() {
            refusesAsInvalid(
                    "Scan",
                    on(table, "'TotalSegments':2"),
                    "The Segment parameter is required but was not present in the request when parameter "
                            + "TotalSegments is present");
            refusesAsInvalid(
                    "Scan",
                    on(table, "'Segment':0"),
                    "The TotalSegments parameter is required but was not present in the request when "
                            + "Segment parameter is present");
            refusesAsInvalid(
                    "Scan",
                    on(table, "'Segment':3,'TotalSegments':2"),
                    "The Segment parameter is zero-based and must be less than parameter TotalSegments: "
                            + "Segment: 3 is not less than TotalSegments: 2");
        }

        @Test
        void checksTheFilter() {
            refusesAsInvalid(
                    "Scan",
                    on(table, "'FilterExpression':''"),
                    "Invalid FilterExpression: The expression can not be empty;");
        }

        @Test
        void knowsWhichTablesThereAre() {
            refuses("Scan", on("no-such-table", ""), "ResourceNotFoundException", "Requested resource not found");
        }
    }

    @Nested
    class Behaviour {

        @Test
        void findsEverythingOncePageByPage() {
            assertThat(ids(ScanRequest.builder().tableName(table).limit(7).build()))
                    .hasSize(ITEMS)
                    .doesNotHaveDuplicates();
        }

        @Test
        void findsEverythingOnceSegmentBySegment() {
            List<String> all = new ArrayList<>();
            for (int segment = 0; segment < 5; segment++) {
                all.addAll(ids(ScanRequest.builder()
                        .tableName(table)
                        .segment(segment)
                        .totalSegments(5)
                        .limit(3)
                        .build()));
            }
            assertThat(all).hasSize(ITEMS).doesNotHaveDuplicates();
        }

        @Test
        void anOldFilterPassesOverItemsThatLackTheAttribute() {
            String filter = "{'TableName':'" + table + "','ScanFilter':{'nowhere':{'ComparisonOperator':'NOT_CONTAINS',"
                    + "'AttributeValueList':[";
            assertThat(answer("Scan", (filter + "{'S':'x'}]}}}").replace('\'', '"')))
                    .contains("\"Count\":0,");
            WireTarget.refusesAsInvalid(
                    "Scan",
                    (filter + "{'SS':['x']}]}}}").replace('\'', '"'),
                    "One or more parameter values were invalid: ComparisonOperator NOT_CONTAINS is not valid for SS "
                            + "AttributeValue type");
        }

        @Test
        void filtersAndProjects() {
            assertThat(answer(
                            "Scan",
                            on(
                                    table,
                                    "'FilterExpression':'n = :n','ProjectionExpression':'n',"
                                            + "'ExpressionAttributeValues':{':n':{'N':'7'}}")))
                    .contains("\"Count\":1")
                    .contains("\"Items\":[{\"n\":{\"N\":\"7\"}}]")
                    .contains("\"ScannedCount\":40");
        }

        @Test
        void counts() {
            assertThat(answer("Scan", on(table, "'Select':'COUNT'"))).isEqualTo("{\"Count\":40,\"ScannedCount\":40}");
        }
    }
}
