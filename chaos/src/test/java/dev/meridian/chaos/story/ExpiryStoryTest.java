package dev.meridian.chaos.story;

import static dev.meridian.chaos.story.Regions.AP;
import static dev.meridian.chaos.story.Regions.EU;
import static dev.meridian.chaos.story.Regions.US;
import static org.assertj.core.api.Assertions.assertThat;

import dev.meridian.chaos.conformance.Rule;
import dev.meridian.node.settings.ServiceSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.OperationType;
import software.amazon.awssdk.services.dynamodb.model.Record;

/** A session expires in Virginia, where it was written; every region's stream tells of it, and only Virginia's says why. */
class ExpiryStoryTest {

    @Test
    @Rule({37, 39})
    void anExpiredItemGoesEverywhereAndIsMarkedWhereItExpired() {
        try (Regions regions = Regions.globalWith(ServiceSettings.of("time-to-live-sweep-seconds = 0.05"))) {
            regions.createTable("sessions");
            regions.client(EU)
                    .updateTimeToLive(request -> request.tableName("sessions")
                            .timeToLiveSpecification(ttl -> ttl.enabled(true).attributeName("until")));
            for (String region : List.of(US, EU, AP)) {
                await(() -> regions.client(region)
                        .describeTimeToLive(request -> request.tableName("sessions"))
                        .timeToLiveDescription()
                        .timeToLiveStatusAsString()
                        .equals("ENABLED"));
            }
            long now = Instant.now().getEpochSecond();
            session(regions, "lives", now + Duration.ofDays(1).toSeconds());
            session(regions, "too-old", now - Duration.ofDays(6 * 365).toSeconds());
            session(regions, "ends", now - 10);
            await(() -> regions.get(EU, "sessions", "lives").equals("x"));
            for (String region : List.of(US, EU, AP)) {
                await(() -> regions.get(region, "sessions", "ends").isEmpty());
            }
            assertThat(regions.converge()).isTrue();
            assertThat(regions.get(AP, "sessions", "lives")).isEqualTo("x");
            assertThat(regions.get(AP, "sessions", "too-old")).isEqualTo("x");

            for (String region : List.of(US, EU, AP)) {
                List<Record> told = RegionStream.records(regions, region, "sessions");
                assertThat(told)
                        .as(region)
                        .extracting(Record::eventName)
                        .containsOnlyOnce(OperationType.REMOVE)
                        .hasSize(4);
                Record removed = told.stream()
                        .filter(record -> record.eventName() == OperationType.REMOVE)
                        .findFirst()
                        .orElseThrow();
                assertThat(removed.userIdentity() != null).as(region).isEqualTo(region.equals(US));
                if (removed.userIdentity() != null) {
                    assertThat(removed.userIdentity().principalId()).isEqualTo("dynamodb.amazonaws.com");
                    assertThat(removed.userIdentity().type()).isEqualTo("Service");
                }
            }
        }
    }

    private static void session(Regions regions, String id, long until) {
        regions.client(US)
                .putItem(request -> request.tableName("sessions")
                        .item(Map.of(
                                "id", AttributeValue.fromS(id),
                                "v", AttributeValue.fromS("x"),
                                "until", AttributeValue.fromN(Long.toString(until)))));
    }

    private static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("in time").isLessThan(deadline);
            Thread.onSpinWait();
        }
    }
}
