package dev.meridian.chaos.story;

import static dev.meridian.chaos.story.Regions.AP;
import static dev.meridian.chaos.story.Regions.EU;
import static dev.meridian.chaos.story.Regions.US;
import static org.assertj.core.api.Assertions.assertThat;

import dev.meridian.node.RegionFolder;
import dev.meridian.storage.leveldb.LevelDbStore;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.exception.SdkException;

/** A region's disk forgets promises. The region has no say until it knows them again; nothing that was agreed on is lost. */
class StrongDamagedStoreStoryTest {

    private static final int ITEMS = 60;

    @TempDir
    Path folder;

    @Test
    void aRegionThatForgotItsPromisesJoinsAgainBeforeItIsCountedOn() throws IOException {
        try (Regions regions =
                Regions.regionalWith(region -> () -> LevelDbStore.open(RegionFolder.of(folder, region)))) {
            StrongTable.replicated(regions, "seats");
            // 1: America and Europe agree while Asia is cut off; then a bit turns over on Europe's disk.
            StrongTable.cutOff(regions, AP);
            for (int i = 0; i < ITEMS; i++) {
                regions.put(i % 2 == 0 ? US : EU, "seats", "k" + i, "v" + i);
            }
            regions.control("POST", "regions/eu-west-1:kill", "");
            DamagedStoreStoryTest.flipBits(folder.resolve(EU));
            regions.control("POST", "heal", "{}");

            // 2: it serves no strong range read before it knows its promises again; then it is counted on.
            StrongTable.await(() -> hasJoinedAgain(regions));
            StrongTable.cutOff(regions, AP);
            regions.put(US, "seats", "after", "damage");

            // 3: America dies: what only it and Europe had agreed on is there.
            regions.control("POST", "heal", "{}");
            regions.control("POST", "regions/us-east-1:kill", "");
            for (int i = 0; i < ITEMS; i++) {
                assertThat(StrongTable.read(regions, AP, "seats", "k" + i)).isEqualTo("v" + i);
                assertThat(StrongTable.read(regions, EU, "seats", "k" + i)).isEqualTo("v" + i);
            }
        }
    }

    private static boolean hasJoinedAgain(Regions regions) {
        try {
            return regions.client(EU)
                            .scan(request -> request.tableName("seats").consistentRead(true))
                            .count()
                    == ITEMS;
        } catch (SdkException notYet) {
            return false;
        }
    }
}
