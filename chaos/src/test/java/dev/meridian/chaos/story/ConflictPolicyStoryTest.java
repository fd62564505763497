package dev.meridian.chaos.story;

import static dev.meridian.chaos.story.Regions.AP;
import static dev.meridian.chaos.story.Regions.EU;
import static dev.meridian.chaos.story.Regions.US;
import static dev.meridian.chaos.story.StrongTable.cutOff;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Virginia corrects a price while it is cut off; Dublin, not knowing, changes it later. By DynamoDB's rule the later write stays. In a
 * table that favours Virginia, Virginia's does.
 */
class ConflictPolicyStoryTest {

    @Test
    void aFavouredRegionsWriteStaysAgainstALaterOneThatDidNotKnowOfIt() {
        try (Regions regions = Regions.inMemory()) {
            regions.createTable("prices");
            regions.createTable("control-case");
            assertThat(regions.control("PUT", "tables/prices/conflict-policy", "{\"policy\":\"priority=us-east-1\"}"))
                    .contains("priority=us-east-1");
            assertThat(regions.control("GET", "contents", ""))
                    .contains("\"conflictPolicy\":\"priority=us-east-1\"")
                    .contains("\"conflictPolicy\":\"last-writer\"");

            cutOff(regions, US);
            for (String table : List.of("prices", "control-case")) {
                regions.put(US, table, "tea", "corrected in Virginia");
                regions.put(EU, table, "tea", "changed in Dublin");
            }
            regions.control("POST", "heal", "{}");
            assertThat(regions.converge()).isTrue();
            for (String region : List.of(US, EU, AP)) {
                assertThat(regions.get(region, "prices", "tea")).as(region).isEqualTo("corrected in Virginia");
                assertThat(regions.get(region, "control-case", "tea"))
                        .as(region)
                        .isEqualTo("changed in Dublin");
            }
            assertThat(regions.control("GET", "conflicts?table=prices", ""))
                    .contains("REGION_PRIORITY")
                    .doesNotContain("LATER_TIMESTAMP");

            // A write that knew of it replaces it, from wherever.
            regions.put(AP, "prices", "tea", "reduced in Sydney");
            assertThat(regions.converge()).isTrue();
            assertThat(regions.get(US, "prices", "tea")).isEqualTo("reduced in Sydney");
        }
    }

    @Test
    void writesToDifferentAttributesAreBothKept() {
        try (Regions regions = Regions.inMemory()) {
            regions.createTable("carts");
            regions.createTable("control-case");
            assertThat(set(regions, "carts", "attributes")).contains("attributes");
            for (String table : List.of("carts", "control-case")) {
                regions.put(US, table, "1", "one cart");
            }
            assertThat(regions.converge()).isTrue();

            // 1: each side changes something else, and both change the note.
            cutOff(regions, US);
            for (String table : List.of("carts", "control-case")) {
                update(regions, US, table, "SET address = :v, note = :v", "from Virginia");
                update(regions, EU, table, "SET coupon = :v, note = :v REMOVE v", "from Dublin");
            }
            regions.control("POST", "heal", "{}");
            assertThat(regions.converge()).isTrue();

            // 2: by attribute only the note is lost, and it is on record; by the service's rule the address is gone
            // with it.
            for (String region : List.of(US, EU, AP)) {
                assertThat(item(regions, region, "carts"))
                        .as(region)
                        .isEqualTo(Map.of(
                                "id", "1", "address", "from Virginia", "coupon", "from Dublin", "note", "from Dublin"));
                assertThat(item(regions, region, "control-case"))
                        .as(region)
                        .isEqualTo(Map.of("id", "1", "coupon", "from Dublin", "note", "from Dublin"));
            }
            assertThat(regions.control("GET", "conflicts?table=carts", "")).contains("ATTRIBUTES");

            // 3: a stream shows what each item came to, in the region where it came together.
            List<String> after = RegionStream.records(regions, AP, "carts").stream()
                    .map(record -> String.valueOf(record.dynamodb().newImage().keySet().stream()
                            .sorted()
                            .toList()))
                    .toList();
            assertThat(after.get(after.size() - 1)).isEqualTo("[address, coupon, id, note]");

            // 4: a delete takes all of it, everywhere.
            regions.client(AP)
                    .deleteItem(request -> request.tableName("carts").key(Map.of("id", AttributeValue.fromS("1"))));
            assertThat(regions.converge()).isTrue();
            assertThat(item(regions, US, "carts")).isEmpty();
        }
    }

    private static void update(Regions regions, String region, String table, String expression, String value) {
        regions.client(region)
                .updateItem(request -> request.tableName(table)
                        .key(Map.of("id", AttributeValue.fromS("1")))
                        .updateExpression(expression)
                        .expressionAttributeValues(Map.of(":v", AttributeValue.fromS(value))));
    }

    private static Map<String, String> item(Regions regions, String region, String table) {
        Map<String, String> item = new HashMap<>();
        regions.client(region)
                .getItem(request -> request.tableName(table).key(Map.of("id", AttributeValue.fromS("1"))))
                .item()
                .forEach((name, value) -> item.put(name, value.s()));
        return item;
    }

    @Test
    void whatCannotBeSetIsRefused() {
        try (Regions regions = Regions.inMemory()) {
            regions.createTable("orders");
            assertThat(set(regions, "orders", "coin-toss")).contains("no such policy: 'coin-toss'");
            assertThat(set(regions, "orders", "priority=mars-north-1"))
                    .contains("orders has no replica in mars-north-1");
            assertThat(set(regions, "nothing", "last-writer")).contains("there is no table nothing");
            regions.put(US, "orders", "1", "x");
            assertThat(regions.converge()).isTrue();
            assertThat(set(regions, "orders", "priority=us-east-1")).contains("orders holds items");
            regions.control("POST", "regions/eu-west-1:kill", "");
            assertThat(set(regions, "orders", "last-writer")).contains("while all regions live");
        }
    }

    private static String set(Regions regions, String table, String policy) {
        return regions.control("PUT", "tables/" + table + "/conflict-policy", "{\"policy\":\"" + policy + "\"}");
    }
}
