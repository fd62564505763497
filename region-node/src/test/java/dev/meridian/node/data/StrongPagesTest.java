package dev.meridian.node.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.meridian.table.definition.TableDefinition;
import dev.meridian.table.definition.TableSchema;
import dev.meridian.table.key.ItemKey;
import dev.meridian.table.operation.DataOperations;
import dev.meridian.table.operation.Plan;
import dev.meridian.table.operation.StrongRead;
import dev.meridian.table.operation.TableReader;
import dev.meridian.table.value.AttributeValue;
import dev.meridian.table.value.Item;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A table of a hundred rows, of which a listing of a peer tells ten. */
class StrongPagesTest {

    private static final int ROWS = 100;
    private static final int LISTED = 10;

    private final TableSchema table =
            TableDefinition.fromRequest(bytes("""
                    {"TableName": "cart", "BillingMode": "PAY_PER_REQUEST",
                     "AttributeDefinitions": [{"AttributeName": "id", "AttributeType": "S"}],
                     "KeySchema": [{"AttributeName": "id", "KeyType": "HASH"}]}""")).schema("arn:aws:dynamodb:us-east-1:000000000000:table/cart", 1, 4);
    private final List<Integer> asked = new ArrayList<>();

    @Test
    void bringsNoMoreUpToDateThanThePageHolds() {
        assertThat(scan("\"Limit\": 7")).contains("\"Count\":7", "LastEvaluatedKey");
        assertThat(asked).containsExactly(1);
    }

    @Test
    void goesOnUntilThePageIsFull() {
        assertThat(scan("\"Limit\": 25")).contains("\"Count\":25", "LastEvaluatedKey");
        assertThat(asked).containsExactly(1, 2);
    }

    @Test
    void bringsAllUpToDateForAPageThatHoldsAll() {
        assertThat(scan("\"Select\": \"COUNT\"")).contains("\"Count\":100").doesNotContain("LastEvaluatedKey");
        assertThat(asked).containsExactly(1, 2, 4, 8);
    }

    private String scan(String more) {
        Plan.Read scan = (Plan.Read) DataOperations.plan(
                "Scan", bytes("{\"TableName\": \"cart\", \"ConsistentRead\": true, " + more + "}"), name -> table);
        assertThat(scan.isPageInOrder()).isTrue();
        StrongPages pages = new StrongPages(
                (range, listings) -> {
                    asked.add(listings);
                    int end = first(range.from()) + LISTED * listings;
                    return CompletableFuture.completedFuture(
                            end >= ROWS ? Optional.empty() : Optional.of(new byte[] {(byte) end}));
                },
                any -> new Rows(),
                Runnable::run);
        byte[] answer = pages.read(scan, new StrongRead.OfRange(table, new byte[0], null))
                .toCompletableFuture()
                .join();
        return new String(answer, StandardCharsets.UTF_8);
    }

    private static int first(byte[] key) {
        return key.length == 0 ? 0 : key[0];
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Row keys are the rows' numbers. */
    private static final class Rows implements TableReader {

        @Override
        public @Nullable Item get(ItemKey key) {
            throw new AssertionError("no item is read by its key");
        }

        @Override
        public void scan(int index, byte[] from, byte @Nullable [] to, boolean ascending, Visitor visitor) {
            int end = to == null ? ROWS : to[0];
            boolean goesOn = true;
            for (int row = first(from); row < end && goesOn; row++) {
                goesOn = visitor.visit(
                        new byte[] {(byte) row}, new Item(Map.of("id", new AttributeValue.S("row " + row))));
            }
        }
    }
}
