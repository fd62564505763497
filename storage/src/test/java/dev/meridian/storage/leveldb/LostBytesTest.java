package dev.meridian.storage.leveldb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.meridian.storage.WriteBatch;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is lost of either log comes from the other, or is known. */
class LostBytesTest {

    private static final byte LOG = 0x7f;
    private static final int WRITES = 600;

    /** At the least, in either log, without what LevelDB and the chain add. */
    private static final long BYTES_WRITTEN = WRITES * 300L;

    @TempDir
    Path folder;

    @Test
    void whatLevelDbsLogLostComesFromTheWriteAheadLog() throws IOException {
        for (Loss loss :
                List.<Loss>of(LostBytesTest::flipABit, LostBytesTest::cutOff, file -> StoreFiles.cut(file, 0))) {
            LevelDbStore store = open();
            Writes.write(store, WRITES);
            store.abandon();
            loss.strike(log());
            try (LevelDbStore again = open()) {
                assertThat(again.verification()).isInstanceOf(Verification.Intact.class);
                for (int i = 0; i < WRITES; i++) {
                    assertThat(again.get(Writes.key(i))).isNotNull();
                }
            }
        }
    }

    @Test
    void aFlippedBitInTheMiddleOfBothLogsIsNoticed() throws IOException {
        LevelDbStore store = open();
        Writes.write(store, WRITES);
        store.abandon();
        flipABit(log());
        flipABit(writeAheadLog());
        try (LevelDbStore again = open()) {
            assertThat(again.verification()).isInstanceOf(Verification.Damaged.class);
        }
        try (LevelDbStore later = open()) {
            assertThat(later.verification()).as("until it is repaired").isInstanceOf(Verification.Damaged.class);
        }
    }

    @Test
    void aLostTailOfAcknowledgedWritesIsNoticed() throws IOException {
        LevelDbStore store = open();
        Writes.write(store, WRITES);
        store.abandon();
        cutOff(log());
        StoreFiles.cut(writeAheadLog(), 0);
        try (LevelDbStore again = open()) {
            assertThat(again.verification()).isInstanceOf(Verification.Damaged.class);
        }
    }

    @Test
    void aDamagedWriteAheadLogHarmsNobodyWhileLevelDbsIsWhole() throws IOException {
        LevelDbStore store = open();
        Writes.write(store, WRITES);
        store.abandon();
        flipABit(writeAheadLog());
        LevelDbStore second = open();
        assertThat(second.verification()).isInstanceOf(Verification.Intact.class);
        Writes.write(second, 2 * WRITES);
        second.abandon();
        StoreFiles.cut(log(), 0);
        try (LevelDbStore third = open()) {
            assertThat(third.verification()).isInstanceOf(Verification.Intact.class);
            assertThat(third.get(Writes.key(2 * WRITES - 1))).isNotNull();
        }
    }

    @Test
    void segmentsOfTheWriteAheadLogAreUsedAgain() throws IOException {
        byte[] large = new byte[100_000];
        int buffer = 1 << 20;
        for (int round = 0; round < 3; round++) {
            LevelDbStore store = LevelDbStore.open(smallBuffers(buffer));
            for (int i = 0; i < 300; i++) {
                large[0] = (byte) round;
                store.commit(new WriteBatch()
                                .put(Writes.key(i), large.clone())
                                .put(logged(300 * round + i), large.clone()))
                        .toCompletableFuture()
                        .join();
            }
            store.abandon();
            assertThat(StoreFiles.segments(folder)).as("60 MB were written").hasSizeLessThanOrEqualTo(6);
            StoreFiles.cut(log(), 0);
        }
        try (LevelDbStore again = LevelDbStore.open(smallBuffers(buffer))) {
            assertThat(again.verification()).isInstanceOf(Verification.Intact.class);
            for (int i = 0; i < 300; i++) {
                assertThat(again.get(Writes.key(i))).startsWith((byte) 2);
                assertThat(again.get(logged(300 + i))).startsWith((byte) 1);
            }
        }
    }

    @Test
    void aGroupLargerThanASegmentIsRecovered() throws IOException {
        LevelDbStore store = open();
        store.commit(new WriteBatch().put(Writes.key(1), new byte[6 << 20]).put(Writes.key(2), new byte[6 << 20]))
                .toCompletableFuture()
                .join();
        Writes.write(store, 1);
        store.abandon();
        StoreFiles.cut(log(), 0);
        try (LevelDbStore again = open()) {
            assertThat(again.verification()).isInstanceOf(Verification.Intact.class);
            assertThat(again.get(Writes.key(2))).hasSize(6 << 20);
        }
    }

    @Test
    void aTornRecordThatNobodyWasToldOfIsNoLoss() throws IOException {
        LevelDbStore store = open();
        Writes.write(store, WRITES);
        store.abandon();
        try (RandomAccessFile log = new RandomAccessFile(log().toFile(), "rw")) {
            log.seek(log.length());
            log.write(new byte[] {1, 2, 3, 4, 100, 0, 1, 42});
        }
        try (LevelDbStore again = open()) {
            assertThat(again.get(Writes.key(WRITES - 1))).isNotNull();
        }
    }

    private static byte[] logged(long number) {
        return ByteBuffer.allocate(1 + Long.BYTES).put(LOG).putLong(number).array();
    }

    private LevelDbStore open() {
        return LevelDbStore.open(StoreSettings.of(folder, "test"));
    }

    private StoreSettings smallBuffers(int bytes) {
        StoreSettings usual = StoreSettings.of(folder, "test");
        return new StoreSettings(
                usual.directory(),
                usual.owner(),
                usual.engine(),
                usual.freeBytes(),
                usual.reservedBytes(),
                bytes,
                usual.cacheBytes(),
                Set.of(LOG));
    }

    /** LevelDB's own log. */
    private Path log() throws IOException {
        return StoreFiles.logOf(folder.resolve("leveldb"));
    }

    private Path writeAheadLog() throws IOException {
        assertThat(StoreFiles.segments(folder)).hasSize(1);
        return StoreFiles.segments(folder).get(0);
    }

    /** Something that happens to a file. */
    private interface Loss {

        void strike(Path file) throws IOException;
    }

    private static void flipABit(Path file) throws IOException {
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
            bytes.seek(BYTES_WRITTEN / 2);
            int value = bytes.read();
            bytes.seek(BYTES_WRITTEN / 2);
            bytes.write(value ^ 1);
        }
    }

    private static void cutOff(Path file) throws IOException {
        StoreFiles.cut(file, BYTES_WRITTEN / 2);
    }
}
