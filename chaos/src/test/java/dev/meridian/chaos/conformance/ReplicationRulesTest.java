package dev.meridian.chaos.conformance;

import static dev.meridian.chaos.story.Regions.AP;
import static dev.meridian.chaos.story.Regions.EU;
import static dev.meridian.chaos.story.Regions.US;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.meridian.chaos.story.RegionStream;
import dev.meridian.chaos.story.Regions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;

/** What replication does to items; it takes cut links to see that, so only Meridian is asked. */
class ReplicationRulesTest extends MendedRegions {

    ReplicationRulesTest() {
        super(Regions.inMemory());
    }

    private void cutOffEurope() {
        for (String other : new String[] {US, AP}) {
            regions.control("POST", "links/" + other + "/" + EU + ":cut", "{}");
            regions.control("POST", "links/" + EU + "/" + other + ":cut", "{}");
        }
    }

    @Test
    @Rule(30)
    void conditionsLookAtTheLocalItemSoTwoRegionsCanBothPass() {
        regions.createTable("seats");
        cutOffEurope();
        claim(US);
        claim(EU);
        assertThatExceptionOfType(ConditionalCheckFailedException.class).isThrownBy(() -> claim(US));
        regions.control("POST", "heal", "{}");
        assertThat(regions.converge()).isTrue();
        assertThat(regions.get(US, "seats", "12A")).isEqualTo(EU).isEqualTo(regions.get(EU, "seats", "12A"));
    }

    private void claim(String region) {
        regions.client(region)
                .putItem(request -> request.tableName("seats")
                        .item(Map.of("id", AttributeValue.fromS("12A"), "v", AttributeValue.fromS(region)))
                        .conditionExpression("attribute_not_exists(id)"));
    }

    @Test
    @Rule(30)
    void countersLoseIncrements() {
        regions.createTable("counters");
        regions.put(US, "counters", "hits", "-");
        assertThat(regions.converge()).isTrue();
        cutOffEurope();
        for (int i = 0; i < 10; i++) {
            increment(US);
            increment(EU);
        }
        assertThat(count(US)).isEqualTo("10");
        regions.control("POST", "heal", "{}");
        assertThat(regions.converge()).isTrue();
        assertThat(count(US)).isEqualTo("10").isEqualTo(count(EU)).isEqualTo(count(AP));
    }

    private void increment(String region) {
        regions.client(region)
                .updateItem(request -> request.tableName("counters")
                        .key(Map.of("id", AttributeValue.fromS("hits")))
                        .updateExpression("ADD n :one")
                        .expressionAttributeValues(Map.of(":one", AttributeValue.fromN("1"))));
    }

    private String count(String region) {
        return regions.client(region)
                .getItem(request -> request.tableName("counters").key(Map.of("id", AttributeValue.fromS("hits"))))
                .item()
                .get("n")
                .n();
    }

    @Test
    @Rule(30)
    void aStrongReadIsStrongInItsRegionOnly() {
        regions.createTable("cart");
        regions.put(US, "cart", "1", "old");
        assertThat(regions.converge()).isTrue();
        cutOffEurope();
        regions.put(US, "cart", "1", "new");
        String read = regions.client(EU)
                .getItem(request -> request.tableName("cart")
                        .key(Map.of("id", AttributeValue.fromS("1")))
                        .consistentRead(true))
                .item()
                .get("v")
                .s();
        assertThat(read).isEqualTo("old");
    }

    @Test
    @Rule({26, 60})
    void aRegionCutOffFromAllTakesWritesAndTheOthersGoOnReplicating() {
        regions.createTable("orders");
        cutOffEurope();
        regions.put(US, "orders", "1", "from Virginia");
        regions.put(EU, "orders", "2", "from Dublin");
        await(() -> regions.get(AP, "orders", "1").equals("from Virginia"));
        assertThat(regions.get(EU, "orders", "1")).isEmpty();
        assertThat(regions.get(US, "orders", "2")).isEmpty();
        regions.control("POST", "heal", "{}");
        await(() -> regions.get(EU, "orders", "1").equals("from Virginia"));
        await(() -> regions.get(US, "orders", "2").equals("from Dublin"));
    }

    @Test
    @Rule(36)
    void aTransactionIsAtomicInItsOwnRegionAndItsItemsTravelOneByOne() {
        regions.createTable("accounts");
        cutOffEurope();
        regions.client(US)
                .transactWriteItems(request -> request.transactItems(
                        action -> action.put(put -> put.tableName("accounts")
                                .item(Map.of("id", AttributeValue.fromS("a"), "v", AttributeValue.fromS("moved")))),
                        action -> action.put(put -> put.tableName("accounts")
                                .item(Map.of("id", AttributeValue.fromS("b"), "v", AttributeValue.fromS("moved"))))));
        regions.put(EU, "accounts", "b", "spent meanwhile");
        regions.control("POST", "heal", "{}");
        assertThat(regions.converge()).isTrue();
        for (String region : List.of(US, EU, AP)) {
            assertThat(regions.get(region, "accounts", "a")).as(region).isEqualTo("moved");
            assertThat(regions.get(region, "accounts", "b")).as(region).isEqualTo("spent meanwhile");
        }
    }

    @Test
    @Rule({31, 37})
    void quickChangesArriveInTheirOrderAndTheStreamThereEndsWithTheLast() {
        regions.createTable("clicks");
        cutOffEurope();
        List<String> written = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            regions.put(US, "clicks", "1", "click-" + i);
            written.add("click-" + i);
        }
        regions.control("POST", "heal", "{}");
        assertThat(regions.converge()).isTrue();
        List<String> arrived = RegionStream.records(regions, EU, "clicks").stream()
                .map(record -> record.dynamodb().newImage().get("v").s())
                .toList();
        assertThat(arrived).isEqualTo(written);
    }

    private static void await(java.util.function.BooleanSupplier condition) {
        long deadline = System.nanoTime() + 20_000_000_000L;
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("in time").isLessThan(deadline);
            Thread.onSpinWait();
        }
    }
}
