package dev.meridian.node.wire;

import static dev.meridian.node.wire.WireTarget.refuses;
import static dev.meridian.node.wire.WireTarget.refusesToRead;
import static dev.meridian.node.wire.WireTarget.sdk;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;

class DescribeTableTest {

    @Nested
    class Serialization {

        @Test
        void namesWhatCannotBeATableName() {
            refusesToRead("DescribeTable", "{\"TableName\":false}", "FALSE_VALUE cannot be converted to String");
        }
    }

    @Nested
    class Validation {

        @Test
        void checksTheLengthOfNames() {
            refuses(
                    "DescribeTable",
                    "{\"TableName\":\"ab\"}",
                    "ValidationException",
                    "1 validation error detected: Value 'ab' at 'tableName' failed to satisfy constraint: "
                            + "Member must have length greater than or equal to 3");
        }

        @Test
        void namesTheTableThatIsMissing() {
            refuses(
                    "DescribeTable",
                    "{\"TableName\":\"no-such-table\"}",
                    "ResourceNotFoundException",
                    "Requested resource not found: Table: no-such-table not found");
        }

        @Test
        void isAnExceptionOfItsOwnInSdks() {
            assertThatThrownBy(() -> sdk().describeTable(describe -> describe.tableName("no-such-table")))
                    .isInstanceOfSatisfying(
                            ResourceNotFoundException.class,
                            missing -> assertThat(missing.requestId()).hasSize(52));
        }
    }

    @Nested
    class Behaviour {

        @Test
        void findsATableByItsArn() {
            String name = WireTarget.table("id:S");
            String arn = sdk().describeTable(describe -> describe.tableName(name))
                    .table()
                    .tableArn();
            assertThat(sdk().describeTable(describe -> describe.tableName(arn))
                            .table()
                            .tableName())
                    .isEqualTo(name);
        }
    }

    @Test
    void tellsHowMuchATableHolds() {
        String table = WireTarget.table("id:S");
        for (int n = 0; n < 3; n++) {
            WireTarget.put(table, "{'id':{'S':'" + n + "'},'v':{'S':'some text'}}");
        }
        TableDescription described = WireTarget.sdk()
                .describeTable(request -> request.tableName(table))
                .table();
        // DynamoDB Local counts at once, as we do with a table this small; the service would say 0 for hours.
        assertThat(described.itemCount()).isEqualTo(3);
        assertThat(described.tableSizeBytes()).isBetween(30L, 200L);
    }
}
