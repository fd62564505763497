package dev.meridian.chaos.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** A question that no region has an answer to is refused, and a region that has none says why; neither is taken for out of reach. */
class AskedAmissStoryTest {

    @Test
    void aTableOrKeyThatIsNotThereIsRefused() {
        try (Regions regions = Regions.inMemory()) {
            regions.createTable("cart");
            regions.put(Regions.US, "cart", "1", "placed");
            assertThat(regions.converge()).isTrue();
            for (String what : new String[] {"items", "history"}) {
                assertThat(ask(regions, what, "nope", "id"))
                        .as(what)
                        .contains("\"error\":\"no table nope\"")
                        .doesNotContain("regions");
                assertThat(ask(regions, what, "cart", "foo"))
                        .as(what)
                        .contains("error")
                        .doesNotContain("regions");
                assertThat(ask(regions, what, "cart", "id")).as(what).contains("\"v\":{\"S\":\"placed\"}");
            }
            regions.control("POST", "regions/eu-west-1:kill", "");
            assertThat(ask(regions, "items", "cart", "id")).contains("\"eu-west-1\":null", "placed");
            assertThat(ask(regions, "items", "nope", "id")).contains("no table nope");
        }
    }

    @Test
    void aMisspeltMemberOrValueIsRefusedAndChangesNothing() {
        try (Regions regions = Regions.inMemory()) {
            String link = "links/us-east-1/eu-west-1";
            assertThat(regions.control("PUT", link, "{\"latencyMillis\": 80}"))
                    .contains("\"error\":\"a link has [", "oneWayMillis", "], not latencyMillis\"");
            assertThat(regions.control("POST", link + ":cut", "{\"oneWayMillis\": 80}"))
                    .contains("a link has [], not oneWayMillis");
            assertThat(regions.control("PUT", link, "{bad"))
                    .contains("the body is no JSON object")
                    .doesNotContain("Source");
            assertThat(regions.control("GET", "conflicts?from=noon", ""))
                    .contains("\"error\":\"from is a whole number, not 'noon'\"");
            assertThat(regions.control("GET", "world", "")).doesNotContain("\"faulty\":true", "\"cut\":true");
        }
    }

    private static String ask(Regions regions, String what, String table, String attribute) {
        String key = URLEncoder.encode("{\"" + attribute + "\":{\"S\":\"1\"}}", StandardCharsets.UTF_8);
        return regions.control("GET", what + "?table=" + table + "&key=" + key, "");
    }
}
