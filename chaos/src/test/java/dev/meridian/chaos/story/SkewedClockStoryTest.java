package dev.meridian.chaos.story;

import static dev.meridian.chaos.story.Regions.EU;
import static dev.meridian.chaos.story.Regions.US;
import static org.assertj.core.api.Assertions.assertThat;

import dev.meridian.chaos.conformance.Rule;
import org.junit.jupiter.api.Test;

/** A region whose clock runs an hour ahead wins against writes that come later; what has seen its write does not lose. */
class SkewedClockStoryTest {

    @Test
    @Rule(28)
    void aClockAheadWinsAgainstWhatItDidNotKnow() {
        try (Regions regions = Regions.inMemory()) {
            regions.createTable("cart");
            regions.control("PUT", "regions/us-east-1/clock", "{\"offsetMillis\":3600000}");
            regions.control("POST", "links/us-east-1/eu-west-1:cut", "{}");
            regions.control("POST", "links/us-east-1/ap-southeast-2:cut", "{}");
            regions.put(US, "cart", "1", "early, by a clock ahead");
            regions.put(EU, "cart", "1", "later in truth");
            regions.control("POST", "links/us-east-1/eu-west-1:heal", "{}");
            regions.control("POST", "links/us-east-1/ap-southeast-2:heal", "{}");
            assertThat(regions.converge()).isTrue();
            assertThat(regions.get(EU, "cart", "1")).isEqualTo("early, by a clock ahead");
            assertThat(regions.control("GET", "conflicts", "")).contains("later in truth");
        }
    }

    @Test
    @Rule(28)
    void whatHasSeenTheWriteIsLaterWhateverTheClocksSay() {
        try (Regions regions = Regions.inMemory()) {
            regions.createTable("cart");
            regions.control("PUT", "regions/us-east-1/clock", "{\"offsetMillis\":3600000}");
            regions.put(US, "cart", "1", "by a clock ahead");
            assertThat(regions.converge()).isTrue();
            regions.put(EU, "cart", "1", "in answer to it");
            assertThat(regions.converge()).isTrue();
            assertThat(regions.get(US, "cart", "1")).isEqualTo("in answer to it");
            assertThat(regions.control("GET", "conflicts", "")).doesNotContain("winner");
        }
    }

    @Test
    void replicationDoesNotWaitForAClockThatWasSetBack() {
        try (Regions regions = Regions.inMemory()) {
            regions.createTable("cart");
            regions.control("PUT", "regions/us-east-1/clock", "{\"offsetMillis\":3600000}");
            regions.put(US, "cart", "1", "an hour ahead");
            assertThat(regions.converge()).isTrue();
            regions.control("PUT", "regions/us-east-1/clock", "{\"offsetMillis\":0}");
            regions.put(US, "cart", "2", "now");
            // A pull that waits for the old time is given up after half a minute; this is well before.
            assertThat(regions.control("POST", "converge", "{\"timeoutMillis\":10000}"))
                    .contains("\"converged\":true");
            assertThat(regions.get(EU, "cart", "2")).isEqualTo("now");
        }
    }
}
