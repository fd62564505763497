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
    void aFlippedBitInTheMiddleOfTheLogIsNoticed() throws IOException {
        LevelDbStore store = open();
        write(store, WRITES);
        store.abandon();
        flipBit(log(), 0.4);
        try (LevelDbStore again = open()) {
            assertThat(again.verification()).isInstanceOf(Verification.Damaged.class);
        }
    }

    @Test
    void aLostTailOfAcknowledgedWritesIsNoticed() throws IOException {
        LevelDbStore store = open();
        write(store, WRITES);
        store.abandon();
        try (RandomAccessFile log = new RandomAccessFile(log().toFile(), "rw")) {
            log.setLength(log.length() * 9 / 10);
        }
        try (LevelDbStore again = open()) {
            assertThat(again.verification()).isInstanceOf(Verification.Damaged.class);
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
        Files.writeString(folder.resolve("MERIDIAN"), "format=2\nowner=test\n");
        assertThatThrownBy(this::open).isInstanceOf(StoreException.class).hasMessageContaining("format 2");
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

    private Path log() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("leveldb"))) {
            return files.filter(file -> file.toString().endsWith(".log"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static void flipBit(Path file, double where) throws IOException {
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
            long position = (long) (bytes.length() * where);
            bytes.seek(position);
            int value = bytes.read();
            bytes.seek(position);
            bytes.write(value ^ 1);
        }
    }
}
