package dev.meridian.storage.leveldb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.meridian.storage.StoreException;
import dev.meridian.storage.WriteBatch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Durability and the sharp edges of LevelDB: what is lost is known. */
class LevelDbStoreTest {

    private static final int WRITES = 600;

    @TempDir
    Path folder;

    @Test
    void whatWasAcknowledgedIsThereAfterAKill() {
        LevelDbStore store = open();
        Writes.write(store, WRITES);
        store.abandon();
        try (LevelDbStore again = open()) {
            assertThat(again.verification()).isInstanceOf(Verification.Intact.class);
            assertThat(again.get(Writes.key(WRITES - 1))).isNotNull();
        }
    }

    @Test
    void eitherLevelDbReadsTheTablesOfTheOther() {
        LevelDbStore first = open();
        Writes.write(first, WRITES);
        first.close();
        for (StoreSettings.Engine engine : List.of(StoreSettings.Engine.JAVA, StoreSettings.Engine.AUTO)) {
            LevelDbStore store =
                    LevelDbStore.open(StoreSettings.of(folder, "test").withEngine(engine));
            assertThat(store.verification()).isInstanceOf(Verification.Intact.class);
            assertThat(store.get(Writes.key(WRITES - 1))).isNotNull();
            Writes.write(store, WRITES);
            store.close();
        }
    }

    @Test
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void refusesWritesBeforeTheDiskIsFull() {
        AtomicLong free = new AtomicLong(Long.MAX_VALUE);
        try (LevelDbStore store =
                LevelDbStore.open(StoreSettings.of(folder, "test").withFreeBytes(free::get))) {
            Writes.write(store, 1);
            free.set(1_000);
            assertThatThrownBy(() -> Writes.write(store, 1))
                    .isInstanceOf(CompletionException.class)
                    .cause()
                    .isInstanceOfSatisfying(
                            StoreException.class,
                            refusal -> assertThat(refusal.kind()).isEqualTo(StoreException.Kind.NO_SPACE));
            assertThat(store.get(Writes.key(0))).as("reads go on").isNotNull();
            free.set(Long.MAX_VALUE);
            writeOnceRoomIsSeen(store);
            assertThat(store.get(Writes.key(1))).isNotNull();
        }
    }

    @Test
    void refusesAtOnceWhatIsHandedOverWhileOthersAreTold() {
        CompletableFuture<Long> free = new CompletableFuture<>();
        try (LevelDbStore store =
                LevelDbStore.open(StoreSettings.of(folder, "test").withFreeBytes(free::join))) {
            CompletableFuture<Boolean> isRefusedAtOnce = new CompletableFuture<>();
            commit(store)
                    .whenComplete((done, refusal) ->
                            isRefusedAtOnce.complete(commit(store).isCompletedExceptionally()));
            free.complete(1_000L);
            assertThat(isRefusedAtOnce.join())
                    .as("the writer comes to the end of a queue that nobody adds to")
                    .isTrue();
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
        Files.writeString(folder.resolve("MERIDIAN"), "format=4\nowner=test\n");
        assertThatThrownBy(this::open).isInstanceOf(StoreException.class).hasMessageContaining("format 3");
    }

    @Test
    void refusesAStoreInUse() {
        try (LevelDbStore first = open()) {
            assertThatThrownBy(this::open).isInstanceOf(StoreException.class).hasMessageContaining("in use");
            assertThat(first.get(Writes.key(0))).isNull();
        }
    }

    @Test
    void closingWhileOthersReadEndsTheirReadsInGoodOrder() throws InterruptedException {
        for (int round = 0; round < 20; round++) {
            LevelDbStore store = open();
            Writes.write(store, 5);
            List<Thread> readers = new ArrayList<>();
            List<Throwable> failures = java.util.Collections.synchronizedList(new ArrayList<>());
            for (int i = 0; i < 4; i++) {
                Thread reader = new Thread(() -> {
                    try {
                        while (true) {
                            store.get(Writes.key(3));
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
        boolean written = false;
        while (!written) {
            try {
                Writes.write(store, 2);
                written = true;
            } catch (CompletionException refused) {
                assertThat(refused.getCause()).isInstanceOf(StoreException.class);
            }
        }
    }

    private static CompletableFuture<Void> commit(LevelDbStore store) {
        return store.commit(new WriteBatch().put(Writes.key(0), new byte[1])).toCompletableFuture();
    }

    private LevelDbStore open() {
        return LevelDbStore.open(StoreSettings.of(folder, "test"));
    }
}
