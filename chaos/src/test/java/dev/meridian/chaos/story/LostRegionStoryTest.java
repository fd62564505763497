package dev.meridian.chaos.story;

import static dev.meridian.chaos.story.Regions.AP;
import static dev.meridian.chaos.story.Regions.EU;
import static dev.meridian.chaos.story.Regions.US;
import static dev.meridian.chaos.story.StrongTable.await;
import static dev.meridian.chaos.story.StrongTable.create;
import static dev.meridian.chaos.story.StrongTable.describe;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.meridian.chaos.conformance.Rule;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;

/**
 * Dublin burns down. What it wrote last had reached Sydney and not Virginia; they make that up between themselves and go on without
 * it. When Dublin is back after all, what it has is its own, until it is asked to join anew.
 */
class LostRegionStoryTest {

    @Test
    @Rule({18, 33})
    void aLostRegionIsGivenUpAndItsLateReturnChangesNothing() {
        try (Regions regions = Regions.inMemory()) {
            regions.createTable("orders");
            regions.put(US, "orders", "1", "placed");
            assertThat(regions.converge()).isTrue();

            // 1: its last writes reach one of the others, or none.
            regions.control("POST", "links/eu-west-1/us-east-1:cut", "{}");
            regions.put(EU, "orders", "2", "half delivered");
            await(() -> regions.get(AP, "orders", "2").equals("half delivered"));
            regions.control("POST", "links/eu-west-1/ap-southeast-2:cut", "{}");
            regions.put(EU, "orders", "3", "never delivered");
            assertThat(regions.control("POST", "regions/eu-west-1:forget", "")).contains("eu-west-1 is not dead");
            regions.control("POST", "regions/eu-west-1:kill", "");

            // 2: the others give it up, and hold the same.
            assertThat(regions.control("POST", "regions/eu-west-1:forget", ""))
                    .contains("\"us-east-1\":{\"tables\":1}");
            await(() -> regions.get(US, "orders", "2").equals("half delivered"));
            assertThat(regions.converge()).isTrue();
            for (String region : new String[] {US, AP}) {
                await(() -> describe(regions, region, "orders").replicas().size() == 1);
            }

            // 3: it is back, and what it has is its own.
            regions.control("POST", "heal", "{}");
            regions.control("POST", "regions/eu-west-1:heal", "");
            await(() -> !describe(regions, EU, "orders").hasReplicas());
            regions.put(EU, "orders", "1", "changed by a ghost");
            regions.put(US, "orders", "4", "after");
            await(() -> regions.get(AP, "orders", "4").equals("after"));
            assertThat(regions.get(US, "orders", "1")).isEqualTo("placed");
            assertThat(regions.get(US, "orders", "3")).isEmpty();
            assertThat(regions.get(EU, "orders", "3")).isEqualTo("never delivered");
            assertThat(regions.get(EU, "orders", "4")).isEmpty();
            assertThatExceptionOfType(DynamoDbException.class)
                    .isThrownBy(() -> join(regions))
                    .withMessageContaining("already existed as tables");

            // 4: it joins anew, and what it writes then reaches both of the others.
            regions.client(EU).deleteTable(request -> request.tableName("orders"));
            await(() -> !regions.client(EU).listTables().tableNames().contains("orders"));
            join(regions);
            await(() -> describe(regions, US, "orders").replicas().stream()
                            .filter(replica -> replica.replicaStatusAsString().equals("ACTIVE"))
                            .count()
                    == 2);
            await(() -> regions.get(EU, "orders", "2").equals("half delivered"));
            regions.put(EU, "orders", "5", "from Dublin again");
            await(() -> regions.get(US, "orders", "5").equals("from Dublin again"));
            await(() -> regions.get(AP, "orders", "5").equals("from Dublin again"));
            assertThat(regions.converge()).isTrue();
        }
    }

    private static void join(Regions regions) {
        regions.client(US).updateTable(request -> request.tableName("orders").replicaUpdates(create(EU)));
    }
}
