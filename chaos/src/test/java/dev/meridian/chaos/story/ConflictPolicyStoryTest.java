package dev.meridian.chaos.story;

import static dev.meridian.chaos.story.Regions.AP;
import static dev.meridian.chaos.story.Regions.EU;
import static dev.meridian.chaos.story.Regions.US;
import static dev.meridian.chaos.story.StrongTable.cutOff;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

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
