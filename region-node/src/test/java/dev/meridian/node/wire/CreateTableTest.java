package dev.meridian.node.wire;

import static dev.meridian.node.wire.WireTarget.answer;
import static dev.meridian.node.wire.WireTarget.createTable;
import static dev.meridian.node.wire.WireTarget.freshName;
import static dev.meridian.node.wire.WireTarget.refuses;
import static dev.meridian.node.wire.WireTarget.refusesAsInvalid;
import static dev.meridian.node.wire.WireTarget.refusesToRead;
import static dev.meridian.node.wire.WireTarget.sdk;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.TableStatus;

class CreateTableTest {

    @Nested
    class Serialization {

        @Test
        void namesWhatCannotBeASchema() {
            refusesToRead("CreateTable", "{\"KeySchema\":\"x\"}", "Unexpected field type");
            refusesToRead("CreateTable", "{\"KeySchema\":{}}", "Start of structure or map found where not expected");
        }
    }

    @Nested
    class Validation {

        @Test
        void refusesANameThatIsTakenAndChangesNothing() {
            String name = WireTarget.table("id:S");
            refuses(
                    "CreateTable",
                    createTable(name, "", "other:N"),
                    "ResourceInUseException",
                    "Table already exists: " + name);
            assertThat(answer("DescribeTable", "{\"TableName\":\"" + name + "\"}"))
                    .doesNotContain("other");
        }

        @Test
        void wantsDefinitionsOfItsKeys() {
            refusesAsInvalid(
                    "CreateTable",
                    createTable(freshName(), "", "id:S")
                            .replace(
                                    "[{\"AttributeName\":\"id\",\"AttributeType\"",
                                    "[{\"AttributeName\":\"x\",\"AttributeType\""),
                    "One or more parameter values were invalid: Some index key attributes are not defined in "
                            + "AttributeDefinitions. Keys: [id], AttributeDefinitions: [x]");
        }

        @Test
        void refusesShortNames() {
            RawHttp.Response response = WireTarget.call("CreateTable", createTable("ab", "", "id:S"));
            assertThat(response.status()).isEqualTo(400);
            assertThat(response.text()).contains("#ValidationException").contains("3");
        }
    }

    @Nested
    class Behaviour {

        @Test
        void isCreatingFirstAndActiveThen() {
            String name = freshName();
            String created = answer("CreateTable", createTable(name, "", "id:S", "at:N"));
            assertThat(created).startsWith("{\"TableDescription\":{").contains("\"TableStatus\":\"CREATING\"");

            TableDescription table = sdk().waiter()
                    .waitUntilTableExists(describe -> describe.tableName(name))
                    .matched()
                    .response()
                    .orElseThrow()
                    .table();
            assertThat(table.tableStatus()).isEqualTo(TableStatus.ACTIVE);
            assertThat(table.tableArn()).endsWith(":table/" + name).contains(":" + WireTarget.REGION + ":");
            assertThat(table.keySchema()).extracting("attributeName").containsExactly("id", "at");
            assertThat(table.creationDateTime()).isNotNull();
            assertThat(table.itemCount()).isZero();
        }
    }
}
