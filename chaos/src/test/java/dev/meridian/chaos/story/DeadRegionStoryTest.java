package dev.meridian.chaos.story;

import static dev.meridian.chaos.story.Regions.AP;
import static dev.meridian.chaos.story.Regions.EU;
import static dev.meridian.chaos.story.Regions.US;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.meridian.chaos.conformance.Rule;
import dev.meridian.chaos.world.World;
import dev.meridian.node.RegionFolder;
import dev.meridian.storage.StoreException;
import dev.meridian.storage.leveldb.LevelDbStore;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.exception.SdkClientException;

/** A region dies under load and comes back from its own disk: what it had acknowledged is there, what it missed arrives. */
class DeadRegionStoryTest {

    @TempDir
    Path folder;

    @Test
    @Rule({25, 33})
    void survivorsServeAndTheDeadRegionCatchesUp() {
        try (Regions regions = Regions.with(region -> () -> LevelDbStore.open(RegionFolder.of(folder, region)))) {
            regions.createTable("cart");
            regions.put(EU, "cart", "before", "1");

            // 1: it dies. Its door is closed, the others go on.
            regions.control("POST", "regions/eu-west-1:kill", "");
            assertThatThrownBy(() -> regions.get(EU, "cart", "before")).isInstanceOf(SdkClientException.class);
            regions.put(US, "cart", "meanwhile", "2");
            assertThat(regions.control("GET", "world", "")).contains("killed");

            // 2: it comes back.
            regions.control("POST", "regions/eu-west-1:heal", "");
            assertThat(regions.converge()).isTrue();
            assertThat(regions.get(EU, "cart", "before")).isEqualTo("1");
            assertThat(regions.get(EU, "cart", "meanwhile")).isEqualTo("2");
            assertThat(regions.get(AP, "cart", "before")).isEqualTo("1");

            // 3: and takes writes that reach the others.
            regions.put(EU, "cart", "after", "3");
            assertThat(regions.converge()).isTrue();
            assertThat(regions.get(US, "cart", "after")).isEqualTo("3");
        }
    }

    @Test
    void aRegionWhoseStoreDoesNotOpenCanBeHealedLater() {
        AtomicBoolean isLocked = new AtomicBoolean();
        try (Regions regions = Regions.with(region -> () -> {
            if (isLocked.get()) {
                throw new StoreException(StoreException.Kind.CLOSED, "somebody holds the folder");
            }
            return LevelDbStore.open(RegionFolder.of(folder, region));
        })) {
            regions.createTable("cart");
            regions.put(EU, "cart", "before", "1");
            regions.control("POST", "regions/eu-west-1:kill", "");
            isLocked.set(true);
            regions.control("POST", "regions/eu-west-1:heal", "");
            assertThat(regions.world().state(EU)).isEqualTo(World.State.KILLED);
            isLocked.set(false);
            regions.control("POST", "regions/eu-west-1:heal", "");
            assertThat(regions.world().state(EU)).isEqualTo(World.State.LIVE);
            assertThat(regions.get(EU, "cart", "before")).isEqualTo("1");
        }
    }

    @Test
    void aPausedRegionAnswersNothingAndLosesNothing() {
        try (Regions regions = Regions.inMemory()) {
            regions.createTable("cart");
            regions.control("POST", "regions/ap-southeast-2:pause", "");
            regions.put(US, "cart", "meanwhile", "1");
            assertThat(regions.get(EU, "cart", "nothing")).isEmpty();
            assertThat(regions.control("GET", "world", "")).contains("paused");
            regions.control("POST", "heal", "{}");
            assertThat(regions.converge()).isTrue();
            assertThat(regions.get(AP, "cart", "meanwhile")).isEqualTo("1");
        }
    }
}
