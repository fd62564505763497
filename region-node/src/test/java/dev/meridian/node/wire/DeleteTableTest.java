package dev.meridian.node.wire;

import static dev.meridian.node.wire.WireTarget.answer;
import static dev.meridian.node.wire.WireTarget.createTable;
import static dev.meridian.node.wire.WireTarget.on;
import static dev.meridian.node.wire.WireTarget.put;
import static dev.meridian.node.wire.WireTarget.refuses;
import static dev.meridian.node.wire.WireTarget.refusesAsInvalid;
import static dev.meridian.node.wire.WireTarget.refusesToRead;
import static dev.meridian.node.wire.WireTarget.sdk;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class DeleteTableTest {

    @Nested
    class Serialization {

        @Test
        void namesWhatCannotBeATableName() {
            refusesToRead("DeleteTable", "{\"TableName\":5.5}", "NUMBER_VALUE cannot be converted to String");
        }
    }

    @Nested
    class Validation {

        @Test
        void namesTheTableThatIsMissing() {
            refuses(
                    "DeleteTable",
                    on("no-such-table", ""),
                    "ResourceNotFoundException",
                    "Requested resource not found: Table: no-such-table not found");
        }

        @Test
        void leavesProtectedTablesAlone() {
            String name = WireTarget.freshName();
            answer("CreateTable", createTable(name, ",\"DeletionProtectionEnabled\":true", "id:S"));
            sdk().waiter().waitUntilTableExists(describe -> describe.tableName(name));
            refusesAsInvalid(
                    "DeleteTable",
                    on(name, ""),
                    "Resource cannot be deleted as it is currently protected against deletion. "
                            + "Disable deletion protection first.");
        }
    }

    @Nested
    class Behaviour {

        @Test
        void takesTheItemsWithIt() {
            String name = WireTarget.table("id:S");
            put(name, "{'id':{'S':'1'}}");
            assertThat(answer("DeleteTable", on(name, ""))).contains("\"TableStatus\":\"DELETING\"");
            sdk().waiter().waitUntilTableNotExists(describe -> describe.tableName(name));
            refuses(
                    "GetItem",
                    on(name, "'Key':{'id':{'S':'1'}}"),
                    "ResourceNotFoundException",
                    "Requested resource not found");

            answer("CreateTable", createTable(name, "", "id:S"));
            sdk().waiter().waitUntilTableExists(describe -> describe.tableName(name));
            assertThat(answer("GetItem", on(name, "'Key':{'id':{'S':'1'}}"))).isEqualTo("{}");
        }
    }
}
