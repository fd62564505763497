package dev.meridian.storage.leveldb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.meridian.storage.StoreException;
import dev.meridian.storage.WriteBatch;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Durability and the sharp edges of LevelDB: what is lost is known. */
class LevelDbStoreTest {

    private static final int WRITES = 600;

    /** At the least, in either log, without what LevelDB and the chain add. */
    private static final long BYTES_WRITTEN = WRITES * 300L;

    @TempDir
    Path folder;

    @Test
    void whatWasAcknowledgedIsThereAfterAKill() {
        LevelDbStore store = open();
        write(store, WRITES);
        store.abandon();
        try (LevelDbStore again = open()) {
            assertThat(again.verification()).isInstanceOf(Verification.Intact.class);
            assertThat(again.get(key(WRITES - 1))).isNotNull();
        }
    }

    @Test
    void eitherLevelDbReadsTheTablesOfTheOther() {
        LevelDbStore first = open();
        write(first, WRITES);
        first.close();
        for (StoreSettings.Engine engine : List.of(StoreSettings.Engine.JAVA, StoreSettings.Engine.AUTO)) {
            LevelDbStore store =
                    LevelDbStore.open(StoreSettings.of(folder, "test").withEngine(engine));
            assertThat(store.verification()).isInstanceOf(Verification.Intact.class);
            assertThat(store.get(key(WRITES - 1))).isNotNull();
            write(store, WRITES);
            store.close();
        }
    }

    @Test
    void whatLevelDbsLogLostComesFromTheWriteAheadLog() throws IOException {
        for (Loss loss : List.<Loss>of(LevelDbStoreTest::flipABit, LevelDbStoreTest::cutOff, LevelDbStoreTest::empty)) {
            LevelDbStore store = open();
            write(store, WRITES);
            store.abandon();
            loss.strike(log());
            try (LevelDbStore again = open()) {
                assertThat(again.verification()).isInstanceOf(Verification.Intact.class);
                for (int i = 0; i < WRITES; i++) {
                    assertThat(again.get(key(i))).isNotNull();
                }
            }
        }
    }

    @Test
    void aFlippedBitInTheMiddleOfBothLogsIsNoticed() throws IOException {
        LevelDbStore store = open();
        write(store, WRITES);
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
        write(store, WRITES);
        store.abandon();
        cutOff(log());
        empty(writeAheadLog());
        try (LevelDbStore again = open()) {
            assertThat(again.verification()).isInstanceOf(Verification.Damaged.class);
        }
    }

    @Test
    void aDamagedWriteAheadLogHarmsNobodyWhileLevelDbsIsWhole() throws IOException {
        LevelDbStore store = open();
        write(store, WRITES);
        store.abandon();
        flipABit(writeAheadLog());
        LevelDbStore second = open();
        assertThat(second.verification()).isInstanceOf(Verification.Intact.class);
        write(second, 2 * WRITES);
        second.abandon();
        empty(log());
        try (LevelDbStore third = open()) {
            assertThat(third.verification()).isInstanceOf(Verification.Intact.class);
            assertThat(third.get(key(2 * WRITES - 1))).isNotNull();
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
                store.commit(new WriteBatch().put(key(i), large.clone()))
                        .toCompletableFuture()
                        .join();
            }
            store.abandon();
            assertThat(segments()).as("30 MB were written").hasSizeLessThanOrEqualTo(4);
            empty(log());
        }
        try (LevelDbStore again = LevelDbStore.open(smallBuffers(buffer))) {
            assertThat(again.verification()).isInstanceOf(Verification.Intact.class);
            for (int i = 0; i < 300; i++) {
                assertThat(again.get(key(i))).startsWith((byte) 2);
            }
        }
    }

    @Test
    void aGroupLargerThanASegmentIsRecovered() throws IOException {
        LevelDbStore store = open();
        store.commit(new WriteBatch().put(key(1), new byte[6 << 20]).put(key(2), new byte[6 << 20]))
                .toCompletableFuture()
                .join();
        write(store, 1);
        store.abandon();
        empty(log());
        try (LevelDbStore again = open()) {
            assertThat(again.verification()).isInstanceOf(Verification.Intact.class);
            assertThat(again.get(key(2))).hasSize(6 << 20);
        }
    }

    @Test
    void aTornRecordThatNobodyWasToldOfIsNoLoss() throws IOException {
        LevelDbStore store = open();
        write(store, WRITES);
        store.abandon();
        try (RandomAccessFile log = new RandomAccessFile(log().toFile(), "rw")) {
            log.seek(log.length());
            log.write(new byte[] {1, 2, 3, 4, 100, 0, 1, 42});
        }
        try (LevelDbStore again = open()) {
            assertThat(again.get(key(WRITES - 1))).isNotNull();
        }
    }

    @Test
    void refusesWritesBeforeTheDiskIsFull() {
        AtomicLong free = new AtomicLong(Long.MAX_VALUE);
        try (LevelDbStore store =
                LevelDbStore.open(StoreSettings.of(folder, "test").withFreeBytes(free::get))) {
            write(store, 1);
            free.set(1_000);
            assertThatThrownBy(() -> write(store, 1))
                    .isInstanceOf(CompletionException.class)
                    .cause()
                    .isInstanceOfSatisfying(
                            StoreException.class,
                            refusal -> assertThat(refusal.kind()).isEqualTo(StoreException.Kind.NO_SPACE));
            assertThat(store.get(key(0))).as("reads go on").isNotNull();
            free.set(Long.MAX_VALUE);
            writeOnceRoomIsSeen(store);
            assertThat(store.get(key(1))).isNotNull();
        }
    }

    @Test
    void refusesAFolderThatIsNotAStore() throws IOException {
        Files.writeString(folder.resolve("photos.txt"), "mine");
        assertThatThrownBy(this::open).isInstanceOf(StoreException.class).hasMessageContaining("not a Meridian store");
        assertThat(folder.resolve("photos.txt")).hasContent("mine");
    }

    @Test
    void refusesTheStoreOfAnotherRegion() {
        open().close();
        assertThatThrownBy(() -> LevelDbStore.open(StoreSettings.of(folder, "elsewhere")))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("is the store of test, not of elsewhere");
    }

    @Test
    void refusesANewerFormat() throws IOException {
        open().close();
        Files.writeString(folder.resolve("MERIDIAN"), "format=3\nowner=test\n");
        assertThatThrownBy(this::open).isInstanceOf(StoreException.class).hasMessageContaining("format 3");
    }

    @Test
    void refusesAStoreInUse() {
        try (LevelDbStore first = open()) {
            assertThatThrownBy(this::open).isInstanceOf(StoreException.class).hasMessageContaining("in use");
            assertThat(first.get(key(0))).isNull();
        }
    }

    @Test
    void closingWhileOthersReadEndsTheirReadsInGoodOrder() throws InterruptedException {
        for (int round = 0; round < 20; round++) {
            LevelDbStore store = open();
            write(store, 5);
            List<Thread> readers = new ArrayList<>();
            List<Throwable> failures = java.util.Collections.synchronizedList(new ArrayList<>());
            for (int i = 0; i < 4; i++) {
                Thread reader = new Thread(() -> {
                    try {
                        while (true) {
                            store.get(key(3));
                        }
                    } catch (StoreException closed) {
                        if (closed.kind() != StoreException.Kind.CLOSED) {
                            failures.add(closed);
                        }
                    }
                });
                readers.add(reader);
                reader.start();
            }
            store.close();
            for (Thread reader : readers) {
                reader.join();
            }
            assertThat(failures).isEmpty();
        }
    }

    /** A batch handed over while a refusal is still being told is refused with it: try again. */
    private static void writeOnceRoomIsSeen(LevelDbStore store) {
        for (int tries = 0; tries < 100; tries++) {
            try {
                write(store, 2);
                return;
            } catch (CompletionException refused) {
                assertThat(refused.getCause()).isInstanceOf(StoreException.class);
            }
        }
        throw new AssertionError("still refused");
    }

    private LevelDbStore open() {
        return LevelDbStore.open(StoreSettings.of(folder, "test"));
    }

    private static void write(LevelDbStore store, int count) {
        List<CompletableFuture<Void>> commits = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            byte[] value = new byte[300];
            CompletableFuture<Void> commit =
                    store.commit(new WriteBatch().put(key(i), value)).toCompletableFuture();
            commits.add(commit);
            if (i % 10 == 0) {
                commit.join();
            }
        }
        commits.forEach(CompletableFuture::join);
    }

    private static byte[] key(int number) {
        return ("key-" + number).getBytes(StandardCharsets.UTF_8);
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
                usual.logKinds());
    }

    /** LevelDB's own log. */
    private Path log() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("leveldb"))) {
            return files.filter(file -> file.toString().endsWith(".log"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private Path writeAheadLog() throws IOException {
        assertThat(segments()).hasSize(1);
        return segments().get(0);
    }

    private List<Path> segments() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("wal"))) {
            return files.toList();
        }
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
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
            bytes.setLength(BYTES_WRITTEN / 2);
        }
    }

    private static void empty(Path file) throws IOException {
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
            bytes.setLength(0);
        }
    }
}
