package dev.meridian.node.wire;

import static dev.meridian.node.wire.WireTarget.answer;
import static dev.meridian.node.wire.WireTarget.refusesAsInvalid;
import static dev.meridian.node.wire.WireTarget.refusesToRead;
import static dev.meridian.node.wire.WireTarget.sdk;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ListTablesTest {

    @Nested
    class Serialization {

        @Test
        void namesWhatCannotBeALimit() {
            refusesToRead("ListTables", "{\"Limit\":\"x\"}", "STRING_VALUE cannot be converted to Integer");
            refusesToRead("ListTables", "{\"Limit\":2147483648}", "NUMBER_VALUE cannot be converted to Integer");
            refusesToRead("ListTables", "{\"Limit\":1E400}", "NUMBER_VALUE cannot be converted to Integer");
        }
    }

    @Nested
    class Validation {

        @Test
        void limitsTheLimit() {
            refusesAsInvalid(
                    "ListTables",
                    "{\"Limit\":101}",
                    "1 validation error detected: Value '101' at 'limit' failed to satisfy constraint: "
                            + "Member must have value less than or equal to 100");
        }
    }

    @Nested
    class Behaviour {

        @Test
        void findsTablesPageByPageInOrder() {
            List<String> made = List.of(WireTarget.table("id:S"), WireTarget.table("id:S"), WireTarget.table("id:S"));
            List<String> names = sdk().listTablesPaginator(list -> list.limit(2)).tableNames().stream()
                    .toList();
            assertThat(names).containsAll(made).isSorted().doesNotHaveDuplicates();
        }

        @Test
        void startsAfterANameThatNeedNotExist() {
            assertThat(answer("ListTables", "{\"ExclusiveStartTableName\":\"zzzzzzzz\"}"))
                    .isEqualTo("{\"TableNames\":[]}");
        }
    }
}
