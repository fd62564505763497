package dev.meridian.chaos.story;

import static dev.meridian.chaos.story.Regions.AP;
import static dev.meridian.chaos.story.Regions.EU;
import static dev.meridian.chaos.story.Regions.US;
import static dev.meridian.chaos.story.StrongTable.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.meridian.chaos.conformance.Rule;
import dev.meridian.node.settings.ServiceSettings;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;

/** Dublin's replica is removed while nothing leaves Dublin. What was acknowledged there is not lost with it; in the control case it is. */
class LastWritesStoryTest {

    private static final int LAST = 30;

    @Test
    @Rule(14)
    void aReplicaGoesWhenTheOthersHaveWhatWasWrittenToItLast() {
        try (Regions regions = Regions.globalWith(ServiceSettings.of("leaving-wait-seconds = 300"))) {
            writeAndRemove(regions);
            assertThat(status(regions)).isEqualTo("DELETING");
            regions.control("POST", "heal", "{}");
            awaitGone(regions);
            assertThat(regions.converge()).isTrue();
            for (String region : new String[] {US, AP}) {
                assertThat(regions.client(region)
                                .scan(request -> request.tableName("cart"))
                                .count())
                        .isEqualTo(LAST + 1);
            }
        }
    }

    @Test
    void withoutWaitingTheyAreLost() {
        try (Regions regions = Regions.globalWith(ServiceSettings.of("leaving-wait-seconds = 0"))) {
            writeAndRemove(regions);
            awaitGone(regions);
            regions.control("POST", "heal", "{}");
            assertThat(regions.converge()).isTrue();
            assertThat(regions.get(US, "cart", "last-0")).isEmpty();
        }
    }

    @Test
    void aClockPutForwardMakesTheWaitNoShorter() {
        try (Regions regions = Regions.globalWith(ServiceSettings.of("leaving-wait-seconds = 300"))) {
            writeAndRemove(regions);
            setClock(regions, Duration.ofHours(1));
            for (int i = 0; i < 300; i++) {
                assertThat(status(regions)).isEqualTo("DELETING");
            }
            regions.control("POST", "heal", "{}");
            awaitGone(regions);
            assertThat(regions.get(US, "cart", "last-0")).isEqualTo("from Dublin");
        }
    }

    @Test
    void aClockPutBackMakesTheWaitNoLonger() {
        try (Regions regions = Regions.globalWith(ServiceSettings.of("leaving-wait-seconds = 1"))) {
            writeAndRemove(regions);
            setClock(regions, Duration.ofHours(-1));
            awaitGone(regions);
        }
    }

    private static void setClock(Regions regions, Duration offset) {
        regions.control("PUT", "regions/eu-west-1/clock", "{\"offsetMillis\":" + offset.toMillis() + "}");
    }

    private static void writeAndRemove(Regions regions) {
        regions.createTable("cart");
        regions.put(EU, "cart", "first", "x");
        assertThat(regions.converge()).isTrue();
        regions.control("POST", "links/eu-west-1/us-east-1:cut", "{}");
        regions.control("POST", "links/eu-west-1/ap-southeast-2:cut", "{}");
        for (int i = 0; i < LAST; i++) {
            regions.put(EU, "cart", "last-" + i, "from Dublin");
        }
        regions.client(US)
                .updateTable(request -> request.tableName("cart")
                        .replicaUpdates(update -> update.delete(region -> region.regionName(EU))));
        await(() -> !status(regions).equals("ACTIVE"));
    }

    private static void awaitGone(Regions regions) {
        await(() -> status(regions).isEmpty());
    }

    private static String status(Regions regions) {
        try {
            return regions.client(EU)
                    .describeTable(request -> request.tableName("cart"))
                    .table()
                    .tableStatusAsString();
        } catch (ResourceNotFoundException gone) {
            return "";
        }
    }
}
