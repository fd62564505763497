package dev.meridian.chaos.story;

import static dev.meridian.chaos.story.Regions.EU;
import static dev.meridian.chaos.story.Regions.US;
import static org.assertj.core.api.Assertions.assertThat;

import dev.meridian.node.RegionFolder;
import dev.meridian.storage.leveldb.LevelDbStore;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;

/** One bit of a dead region's log turns over. When the region comes back it notices, mends itself, and lacks nothing. */
class DamagedStoreStoryTest {

    private static final int ITEMS = 120;

    @TempDir
    Path folder;

    @Test
    void aFlippedBitIsNoticedAndRepairedFromTheOthers() throws IOException {
        try (Regions regions = Regions.with(region -> () -> LevelDbStore.open(RegionFolder.of(folder, region)))) {
            regions.createTable("cart");
            for (int i = 0; i < ITEMS; i++) {
                regions.put(i % 2 == 0 ? US : EU, "cart", "k" + i, "v" + i);
            }
            assertThat(regions.converge()).isTrue();

            // 1: the region dies, and a bit turns over in the middle of its logs.
            regions.control("POST", "regions/eu-west-1:kill", "");
            flipBits(folder.resolve(EU));

            // 2: it comes back, and serves once it is whole.
            regions.control("POST", "regions/eu-west-1:heal", "");
            awaitServing(regions);
            assertThat(folder.resolve(EU).resolve("DAMAGED")).doesNotExist();
            assertThat(regions.converge()).isTrue();
            for (int i = 0; i < ITEMS; i++) {
                assertThat(regions.get(EU, "cart", "k" + i)).isEqualTo("v" + i);
            }

            // 3: its new writes are numbered after those the others have seen.
            regions.put(EU, "cart", "after", "repair");
            assertThat(regions.converge()).isTrue();
            assertThat(regions.get(US, "cart", "after")).isEqualTo("repair");

            // 4: and it is whole for good.
            regions.control("POST", "regions/eu-west-1:kill", "");
            try (LevelDbStore store = LevelDbStore.open(RegionFolder.of(folder, EU))) {
                assertThat(store.damage()).isEmpty();
            }
        }
    }

    private static void awaitServing(Regions regions) {
        long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (true) {
            try {
                regions.get(EU, "cart", "k1");
                return;
            } catch (DynamoDbException repairing) {
                if (System.nanoTime() > deadline) {
                    throw repairing;
                }
            }
        }
    }

    /** Turns a bit over in both of a region's logs: what only one has lost, the other gives back. */
    static void flipBits(Path region) throws IOException {
        Path log;
        try (Stream<Path> files = Files.list(region.resolve("leveldb"))) {
            log = files.filter(file -> file.toString().endsWith(".log"))
                    .findFirst()
                    .orElseThrow();
        }
        long position = Files.size(log) / 3;
        flipBit(log, position);
        flipBit(region.resolve("wal").resolve("0"), position);
    }

    private static void flipBit(Path file, long position) throws IOException {
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
            bytes.seek(position);
            int value = bytes.read();
            bytes.seek(position);
            bytes.write(value ^ 1);
        }
    }
}
