package dev.meridian.chaos.story;

import static dev.meridian.chaos.story.Regions.AP;
import static dev.meridian.chaos.story.Regions.EU;
import static dev.meridian.chaos.story.Regions.US;
import static org.assertj.core.api.Assertions.assertThat;

import dev.meridian.chaos.conformance.Rule;
import org.junit.jupiter.api.Test;

/**
 * Two shoppers change one cart, one in Virginia, one in Dublin, while the ocean between is cut. When it is mended the later
 * change stands everywhere, and the other is on record. In the control case nothing is cut and nothing is lost.
 */
class ConflictStoryTest {

    @Test
    @Rule({27, 29})
    void theLaterWriteWinsEverywhereAndTheLoserIsOnRecord() {
        try (Regions regions = Regions.inMemory()) {
            regions.createTable("cart");
            regions.put(US, "cart", "1", "start");
            assertThat(regions.converge()).isTrue();

            // 1: the ocean is cut, and both sides write.
            regions.control("POST", "links/us-east-1/eu-west-1:cut", "{}");
            regions.control("POST", "links/eu-west-1/us-east-1:cut", "{}");
            regions.control("POST", "links/ap-southeast-2/us-east-1:cut", "{}");
            regions.control("POST", "links/us-east-1/ap-southeast-2:cut", "{}");
            regions.put(US, "cart", "1", "from Virginia");
            regions.put(EU, "cart", "1", "from Dublin");
            assertThat(regions.get(US, "cart", "1")).isEqualTo("from Virginia");
            assertThat(regions.get(EU, "cart", "1")).isEqualTo("from Dublin");

            // 2: the ocean is mended.
            regions.control("POST", "heal", "{}");
            assertThat(regions.converge()).isTrue();
            for (String region : new String[] {US, EU, AP}) {
                assertThat(regions.get(region, "cart", "1")).isEqualTo("from Dublin");
            }

            // 3: what was lost is known.
            String conflicts = regions.control("GET", "conflicts", "");
            assertThat(conflicts).contains("from Virginia").contains("LATER_TIMESTAMP");
        }
    }

    @Test
    void withoutACutNothingIsLost() {
        try (Regions regions = Regions.inMemory()) {
            regions.createTable("cart");
            regions.put(US, "cart", "1", "from Virginia");
            assertThat(regions.converge()).isTrue();
            regions.put(EU, "cart", "1", "from Dublin");
            assertThat(regions.converge()).isTrue();
            assertThat(regions.get(US, "cart", "1")).isEqualTo("from Dublin");
            assertThat(regions.control("GET", "conflicts", "")).doesNotContain("LATER_TIMESTAMP");
        }
    }
}
