package dev.meridian.chaos.story;

import static dev.meridian.chaos.story.Regions.EU;
import static dev.meridian.chaos.story.Regions.US;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.meridian.node.settings.ServiceSettings;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;

/** A replica is removed, and later made anew from the others. */
class ReplicaStoryTest {

    private static final Pattern COPIED = Pattern.compile("\"status\":\"CREATING\",\"copiedPercent\":(\\d+)");

    @Test
    void aReplicaGoesWithItsTableAndComesBackWithItsItems() {
        try (Regions regions = Regions.inMemory()) {
            regions.createTable("cart");
            for (int i = 0; i < 50; i++) {
                regions.put(US, "cart", "k" + i, "v" + i);
            }
            assertThat(regions.converge()).isTrue();

            withoutEurope(regions);
            regions.put(US, "cart", "meanwhile", "x");
            regions.client(US)
                    .updateTable(request -> request.tableName("cart")
                            .replicaUpdates(update -> update.create(region -> region.regionName(EU))));
            await(() -> exists(regions, EU));
            assertThat(regions.converge()).isTrue();
            assertThat(regions.get(EU, "cart", "k7")).isEqualTo("v7");
            assertThat(regions.get(EU, "cart", "meanwhile")).isEqualTo("x");
            regions.put(EU, "cart", "again", "y");
            assertThat(regions.converge()).isTrue();
            assertThat(regions.get(US, "cart", "again")).isEqualTo("y");
        }
    }

    @Test
    void aCopyKeepsToItsLimitAndTellsHowFarItHasCome() {
        try (Regions regions = Regions.globalWith(ServiceSettings.of("backfill-items-per-second = 25"))) {
            createWithoutEurope(regions);
            for (int i = 0; i < 50; i++) {
                regions.put(US, "cart", "k" + i, "v" + i);
            }
            long began = System.nanoTime();
            regions.client(US)
                    .updateTable(request -> request.tableName("cart")
                            .replicaUpdates(update -> update.create(region -> region.regionName(EU))));
            await(() -> copiedPercent(regions) >= 0);
            await(() -> exists(regions, EU));
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThan(Duration.ofMillis(1_900));
            await(() -> !regions.control("GET", "world", "").contains("copiedPercent"));
        }
    }

    @Test
    void aCopyGoesOnWhereItWasWhenItsRegionDied() {
        try (Regions regions = Regions.globalWith(ServiceSettings.of("backfill-items-per-second = 10"))) {
            createWithoutEurope(regions);
            String large = "x".repeat(100_000);
            for (int i = 0; i < 80; i++) {
                regions.put(US, "cart", "k" + i, large);
            }
            regions.client(US)
                    .updateTable(request -> request.tableName("cart")
                            .replicaUpdates(update -> update.create(region -> region.regionName(EU))));
            await(() -> copiedPercent(regions) >= 50);
            regions.control("POST", "regions/eu-west-1:kill", "{}");
            regions.put(US, "cart", "meanwhile", "y");
            regions.control("POST", "regions/eu-west-1:heal", "{}");
            int[] percent = {-1};
            await(() -> {
                percent[0] = copiedPercent(regions);
                return percent[0] >= 0;
            });
            // What is told of is kept; a copy that begins anew has eight pages before it, a second each.
            assertThat(percent[0]).isGreaterThanOrEqualTo(50);
            await(() -> exists(regions, EU));
            assertThat(regions.converge()).isTrue();
            assertThat(regions.get(EU, "cart", "meanwhile")).isEqualTo("y");
        }
    }

    private static void createWithoutEurope(Regions regions) {
        regions.createTable("cart");
        withoutEurope(regions);
    }

    private static void withoutEurope(Regions regions) {
        regions.client(US)
                .updateTable(request -> request.tableName("cart")
                        .replicaUpdates(update -> update.delete(region -> region.regionName(EU))));
        await(() -> !exists(regions, EU));
        await(() -> regions.client(US)
                        .describeTable(request -> request.tableName("cart"))
                        .table()
                        .replicas()
                        .size()
                == 1);
    }

    /** How much the new replica has copied, -1 where it copies nothing; regions that stay may compare what they have meanwhile. */
    private static int copiedPercent(Regions regions) {
        Matcher percent = COPIED.matcher(regions.control("GET", "world", ""));
        return percent.find() ? Integer.parseInt(percent.group(1)) : -1;
    }

    @Test
    void theLocalRegionCannotBeItsOwnReplica() {
        try (Regions regions = Regions.inMemory()) {
            regions.createTable("cart");
            assertThatThrownBy(() -> regions.client(US)
                            .updateTable(request -> request.tableName("cart")
                                    .replicaUpdates(update -> update.delete(region -> region.regionName(US)))))
                    .hasMessageContaining(
                            "Cannot add or delete the local region through ReplicaUpdates. Use CreateTable, "
                                    + "DeleteTable, or UpdateTable as required.");
        }
    }

    private static boolean exists(Regions regions, String region) {
        try {
            return regions.client(region)
                    .describeTable(request -> request.tableName("cart"))
                    .table()
                    .tableStatusAsString()
                    .equals("ACTIVE");
        } catch (DynamoDbException missing) {
            return false;
        }
    }

    private static void await(java.util.function.BooleanSupplier condition) {
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("not in time");
            }
        }
    }
}
