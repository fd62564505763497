package dev.meridian.chaos.story;

import static dev.meridian.chaos.story.Regions.AP;
import static dev.meridian.chaos.story.Regions.EU;
import static dev.meridian.chaos.story.Regions.US;
import static org.assertj.core.api.Assertions.assertThat;

import dev.meridian.replication.log.RowKeys;
import dev.meridian.storage.memory.MemoryStore;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Record;

/** Regions in memory whose logs hold little: what no longer fits is copied, and streams begin later. */
class ShortLogStoryTest {

    private static final int LOG_BYTES = 100_000;
    private static final int WRITES = 600;

    @Test
    void aRegionThatWasCutOffForLongerThanTheLogReachesBackCopiesTheTable() {
        try (Regions regions = Regions.with(region -> () -> MemoryStore.boundingLogs(RowKeys.LOGS, LOG_BYTES))) {
            regions.createTable("cart");
            regions.put(US, "cart", "gone", "x");
            regions.put(EU, "cart", "theirs", "y");
            assertThat(regions.converge()).isTrue();
            for (String other : List.of(US, AP)) {
                regions.control("POST", "links/" + other + "/eu-west-1:cut", "{}");
                regions.control("POST", "links/eu-west-1/" + other + ":cut", "{}");
            }
            regions.client(US)
                    .deleteItem(request -> request.tableName("cart").key(Map.of("id", AttributeValue.fromS("gone"))));
            String value = "v".repeat(1_000);
            for (int i = 0; i < WRITES; i++) {
                regions.put(US, "cart", "k" + i, value + i);
            }
            regions.put(EU, "cart", "k7", "concurrent, and later");
            assertThat(regions.get(EU, "cart", "k599")).isEmpty();
            regions.control("POST", "heal", "{}");
            assertThat(regions.converge()).isTrue();
            assertThat(regions.get(EU, "cart", "gone")).isEmpty();
            assertThat(regions.get(EU, "cart", "k599")).isEqualTo(value + 599);
            assertThat(regions.get(US, "cart", "k7")).isEqualTo("concurrent, and later");
            assertThat(regions.get(US, "cart", "theirs")).isEqualTo("y");
            regions.put(US, "cart", "after", "z");
            assertThat(regions.converge()).isTrue();
            assertThat(regions.get(EU, "cart", "after")).isEqualTo("z");

            List<Record> records = RegionStream.records(regions, US, "cart");
            Set<String> told = new HashSet<>();
            records.forEach(
                    record -> told.add(record.dynamodb().keys().get("id").s()));
            assertThat(records).hasSizeBetween(10, WRITES / 2);
            assertThat(told).contains("k599", "after").doesNotContain("k0");
        }
    }
}
