package dev.meridian.chaos.story;

import static dev.meridian.chaos.story.Regions.AP;
import static dev.meridian.chaos.story.Regions.EU;
import static dev.meridian.chaos.story.Regions.US;
import static org.assertj.core.api.Assertions.assertThat;

import dev.meridian.chaos.conformance.Rule;
import dev.meridian.node.RegionFolder;
import dev.meridian.storage.leveldb.LevelDbStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A region dies right after it has acknowledged writes: of a strongly consistent table not one is lost. */
class StrongRegionLostStoryTest {

    private static final int WRITES = 40;

    @TempDir
    Path folder;

    private Regions regions;

    @BeforeEach
    void start() {
        regions = Regions.regionalWith(region -> () -> LevelDbStore.open(RegionFolder.of(folder, region)));
    }

    @AfterEach
    void stop() {
        regions.close();
    }

    @Test
    @Rule({56, 59})
    void nothingAcknowledgedIsLostWithItsRegion() {
        StrongTable.replicated(regions, "orders");
        // 1: replication of changes is too slow to have carried anything; what is agreed on needs it not.
        List<String> acknowledged = writeAndKillAmerica();

        // 2: recovery point zero: the survivors have it all, and take writes.
        for (String id : acknowledged) {
            assertThat(StrongTable.read(regions, EU, "orders", id)).isEqualTo("from Virginia");
            assertThat(StrongTable.read(regions, AP, "orders", id)).isEqualTo("from Virginia");
        }
        regions.put(EU, "orders", "after", "from Dublin");
        assertThat(StrongTable.read(regions, AP, "orders", "after")).isEqualTo("from Dublin");

        // 3: it comes back from its disk, catches up, and serves.
        regions.control("POST", "regions/us-east-1:heal", "");
        StrongTable.await(() -> StrongTable.read(regions, US, "orders", "after").equals("from Dublin"));
        regions.put(US, "orders", "back", "from Virginia");
        assertThat(StrongTable.read(regions, EU, "orders", "back")).isEqualTo("from Virginia");
        assertThat(regions.converge()).isTrue();
        assertThat(regions.get(US, "orders", "after")).isEqualTo("from Dublin");
    }

    @Test
    void eventualReadersSeeWhatTheDeadRegionHadAcknowledgedThoughItNeverSentIt() {
        StrongTable.replicated(regions, "orders");
        List<String> acknowledged = writeAndKillAmerica();
        for (String id : acknowledged) {
            StrongTable.await(() -> regions.get(EU, "orders", id).equals("from Virginia"));
            StrongTable.await(() -> regions.get(AP, "orders", id).equals("from Virginia"));
        }
    }

    @Test
    void aWitnessIsEnoughToLoseNothing() {
        StrongTable.witnessed(regions, "orders");
        // The other replica hears of nothing: the witness alone is the second region.
        regions.control("POST", "links/us-east-1/eu-west-1:cut", "{}");
        regions.control("POST", "links/eu-west-1/us-east-1:cut", "{}");
        List<String> acknowledged = writeAndKillAmerica();
        for (String id : acknowledged) {
            assertThat(StrongTable.read(regions, EU, "orders", id)).isEqualTo("from Virginia");
        }
    }

    private List<String> writeAndKillAmerica() {
        List<String> acknowledged = new ArrayList<>();
        for (int i = 0; i < WRITES; i++) {
            regions.put(US, "orders", "order-" + i, "from Virginia");
            acknowledged.add("order-" + i);
        }
        regions.control("POST", "regions/us-east-1:kill", "");
        return acknowledged;
    }
}
