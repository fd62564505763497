package dev.meridian.chaos.story;

import static dev.meridian.chaos.story.Regions.AP;
import static dev.meridian.chaos.story.Regions.EU;
import static dev.meridian.chaos.story.Regions.US;
import static dev.meridian.chaos.story.StrongTable.await;
import static dev.meridian.chaos.story.StrongTable.cutOff;
import static org.assertj.core.api.Assertions.assertThat;

import dev.meridian.chaos.conformance.Rule;
import dev.meridian.node.settings.ServiceSettings;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * An order is cancelled in Virginia while Dublin is cut off and still changes it. What is left of the order stays until Dublin has
 * heard, and then goes in every region; the order does not come back.
 */
class TombstoneStoryTest {

    private static final Pattern TOMBSTONES = Pattern.compile("\"tombstones\":(\\d+)");

    @Test
    @Rule(28)
    void whatIsLeftOfADeletedItemGoesOnceEveryRegionHasPassedIt() {
        try (Regions regions = Regions.globalWith(ServiceSettings.of("tombstone-sweep-seconds = 0.05"))) {
            regions.createTable("orders");
            regions.put(US, "orders", "1", "placed");
            regions.put(US, "orders", "2", "placed");
            assertThat(regions.converge()).isTrue();

            cutOff(regions, EU);
            regions.put(EU, "orders", "1", "paid in Dublin");
            delete(regions, US, "1");
            delete(regions, US, "2");
            for (String deleted : List.of("1", "2")) {
                await(() -> regions.get(AP, "orders", deleted).isEmpty());
            }
            assertThat(tombstones(regions)).as("Dublin has yet to hear").isEqualTo(4);

            regions.control("POST", "heal", "{}");
            await(() -> tombstones(regions) == 0);
            assertThat(regions.converge()).isTrue();
            for (String region : List.of(US, EU, AP)) {
                assertThat(regions.get(region, "orders", "1")).as(region).isEmpty();
                assertThat(regions.get(region, "orders", "2")).as(region).isEmpty();
            }

            regions.put(AP, "orders", "1", "ordered again");
            for (String region : List.of(US, EU, AP)) {
                await(() -> regions.get(region, "orders", "1").equals("ordered again"));
            }
            assertThat(regions.control("GET", "conflicts", ""))
                    .as("the new order knows of all that was deleted")
                    .doesNotContain("ordered again");
        }
    }

    private static void delete(Regions regions, String region, String id) {
        regions.client(region)
                .deleteItem(request -> request.tableName("orders").key(Map.of("id", AttributeValue.fromS(id))));
    }

    private static int tombstones(Regions regions) {
        Matcher counts = TOMBSTONES.matcher(regions.control("GET", "contents", ""));
        int sum = 0;
        while (counts.find()) {
            sum += Integer.parseInt(counts.group(1));
        }
        return sum;
    }
}
