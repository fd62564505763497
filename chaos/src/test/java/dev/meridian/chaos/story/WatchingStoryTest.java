package dev.meridian.chaos.story;

import static dev.meridian.chaos.story.Regions.EU;
import static dev.meridian.chaos.story.Regions.US;
import static org.assertj.core.api.Assertions.assertThat;

import dev.meridian.chaos.conformance.Rule;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the service hides: what is pending and for how long, where each version of an item has been, and who lost to whom. */
class WatchingStoryTest {

    private static final String KEY = URLEncoder.encode("{\"id\":{\"S\":\"1\"}}", StandardCharsets.UTF_8);

    private static String pending(String from, String to) {
        return "\"TableName\":\"cart\",\"SourceRegion\":\"" + from + "\",\"ReceivingRegion\":\"" + to
                + "\",\"PendingReplicationCount\":";
    }

    /** The answer's part that one region told. */
    private static String told(String answer, String region) {
        int from = answer.indexOf("\"" + region + "\":{\"region\"");
        int to = answer.indexOf("\":{\"region\"", from + region.length() + 8);
        return answer.substring(from, to < 0 ? answer.length() : to);
    }

    private static void awaitNothingPending(Regions regions) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
        while (!told(regions.control("GET", "replication", ""), US).contains(pending(US, EU) + "0")) {
            assertThat(System.nanoTime()).as("confirmed in time").isLessThan(deadline);
        }
    }

    @Test
    @Rule(47)
    void aCutShowsAsABacklogThatAgesAndASafeTimeThatStands() {
        try (Regions regions = Regions.inMemory()) {
            regions.createTable("cart");
            regions.put(US, "cart", "1", "start");
            assertThat(regions.converge()).isTrue();
            awaitNothingPending(regions);
            regions.control("POST", "links/us-east-1/eu-west-1:cut", "{}");
            regions.put(US, "cart", "1", "one");
            regions.put(US, "cart", "2", "two");
            String report = told(regions.control("GET", "replication", ""), US);
            Matcher backlog = Pattern.compile(Pattern.quote(pending(US, EU))
                            + "(\\d+),\"pendingAgeMillis\":(\\d+),\"safeTimeMillis\":(\\d+)")
                    .matcher(report);
            assertThat(backlog.find()).as(report).isTrue();
            assertThat(backlog.group(1)).isEqualTo("2");
            String later = told(regions.control("GET", "replication", ""), US);
            assertThat(later)
                    .as("the safe time stands while the link is cut")
                    .contains("\"safeTimeMillis\":" + backlog.group(3));
            regions.control("POST", "heal", "{}");
            assertThat(regions.converge()).isTrue();
            awaitNothingPending(regions);
            assertThat(told(regions.control("GET", "replication", ""), EU))
                    .contains("\"ReplicationLatency\":{\"unit\":\"Milliseconds\",\"p50\":");
        }
    }

    @Test
    void theVersionsOfAnItemAreKnownWithTheTimesTheyArrived() {
        try (Regions regions = Regions.inMemory()) {
            regions.createTable("cart");
            regions.put(EU, "cart", "1", "start");
            assertThat(regions.converge()).isTrue();
            regions.control("POST", "links/us-east-1/eu-west-1:cut", "{}");
            regions.control("POST", "links/eu-west-1/us-east-1:cut", "{}");
            regions.put(US, "cart", "1", "from Virginia");
            regions.put(EU, "cart", "1", "from Dublin");
            regions.control("POST", "heal", "{}");
            assertThat(regions.converge()).isTrue();
            String history = regions.control("GET", "history?table=cart&key=" + KEY, "");
            assertThat(told(history, US))
                    .containsPattern("start.*arrivedAtMillis.*Virginia.*arrivedAtMillis.*Dublin.*arrivedAtMillis");
            assertThat(told(history, EU))
                    .as("the write of Virginia came when the later one was there")
                    .containsPattern("Virginia\"}},\"sequence\":\\d+},\\{.*Dublin");
        }
    }

    @Test
    @Rule(34)
    void whereReplicasDifferTheKeysAreNamed() {
        try (Regions regions = Regions.inMemory()) {
            regions.createTable("cart");
            for (int n = 0; n < 50; n++) {
                regions.put(US, "cart", "same " + n, "x");
            }
            assertThat(regions.converge()).isTrue();
            regions.control("POST", "links/us-east-1/eu-west-1:cut", "{}");
            regions.put(US, "cart", "1", "from Virginia");
            String verdict = regions.control("POST", "converge", "{\"timeoutMillis\":1}");
            assertThat(verdict)
                    .contains("\"converged\":false")
                    .contains("\"{\\\"id\\\":{\\\"S\\\":\\\"1\\\"}}\":{")
                    .containsPattern("\"eu-west-1\":\"nothing\",\"us-east-1\":\".*from Virginia")
                    .doesNotContain("same");
        }
    }

    @Test
    void conflictsAreFoundByTableKeyRegionAndTime() {
        try (Regions regions = Regions.inMemory()) {
            regions.createTable("cart");
            regions.createTable("other");
            regions.control("POST", "links/us-east-1/eu-west-1:cut", "{}");
            regions.control("POST", "links/eu-west-1/us-east-1:cut", "{}");
            for (String table : new String[] {"cart", "other"}) {
                regions.put(US, table, "1", "from Virginia");
                regions.put(EU, table, "1", "from Dublin");
            }
            regions.control("POST", "heal", "{}");
            assertThat(regions.converge()).isTrue();
            assertThat(regions.control("GET", "conflicts?table=other", ""))
                    .contains("\"table\":\"other\"")
                    .doesNotContain("\"table\":\"cart\"")
                    .contains("\"itemKey\":{\"id\":{\"S\":\"1\"}}")
                    .contains("\"detectorClockMillis\":")
                    .contains("\"loserAcknowledged\":true");
            assertThat(regions.control("GET", "conflicts?table=cart&key=" + KEY, ""))
                    .contains("from Virginia");
            assertThat(regions.control("GET", "conflicts?table=cart&key=" + KEY.replace("1", "2"), ""))
                    .doesNotContain("from Virginia");
            assertThat(regions.control("GET", "conflicts?region=ap-southeast-2", ""))
                    .doesNotContain("from Virginia");
            assertThat(regions.control("GET", "conflicts?to=1000", "")).doesNotContain("from Virginia");
        }
    }
}
