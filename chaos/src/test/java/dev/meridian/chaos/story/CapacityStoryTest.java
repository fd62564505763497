package dev.meridian.chaos.story;

import static dev.meridian.chaos.story.Regions.EU;
import static dev.meridian.chaos.story.Regions.US;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.meridian.chaos.conformance.Rule;
import dev.meridian.node.settings.ServiceSettings;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.ThrottlingException;

/**
 * Dublin has spent its write units for a second and more to come. Its own writers are refused; what arrives from Virginia is
 * not, but waits until it can be paid for, and costs as much there as it did at home.
 */
class CapacityStoryTest {

    private static final Pattern LATENCY =
            Pattern.compile("\"SourceRegion\":\"us-east-1\",\"ReceivingRegion\":\"eu-west-1\",\"ReplicationLatency\":"
                    + "\\{\"unit\":\"Milliseconds\",\"p50\":\\d+,\"p99\":\\d+,\"max\":(\\d+),\"count\":1}");

    @Test
    @Rule({45, 47})
    void aReplicatedWriteCostsAndWaitsWhereThereIsNothingLeft() {
        try (Regions regions =
                Regions.globalWith(ServiceSettings.of("throttling = true, on-demand-write-units = 50"))) {
            regions.createTable("cart");
            // Cut off, so that the large item costs Virginia nothing yet.
            regions.control("POST", "links/us-east-1/eu-west-1:cut", "{}");
            regions.control("POST", "links/eu-west-1/us-east-1:cut", "{}");
            regions.put(EU, "cart", "1", "x".repeat(300 * 1_024));
            assertThatThrownBy(() -> regions.put(EU, "cart", "2", "x"))
                    .as("three hundred units were taken, most of them in advance")
                    .isInstanceOf(ThrottlingException.class);
            regions.put(US, "cart", "3", "from Virginia");
            regions.control("POST", "heal", "{}");
            assertThat(regions.converge()).isTrue();
            assertThat(regions.get(EU, "cart", "3")).isEqualTo("from Virginia");
            String report = regions.control("GET", "replication", "");
            Matcher latency = LATENCY.matcher(report);
            assertThat(latency.find()).as(report).isTrue();
            assertThat(Long.parseLong(latency.group(1)))
                    .as("milliseconds late, of the five thousand that the units owed take to come")
                    .isGreaterThan(1_000);
        }
    }
}
