package dev.meridian.storage.leveldb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.meridian.storage.Direction;
import dev.meridian.storage.KeyRange;
import dev.meridian.storage.OrderedReader;
import dev.meridian.storage.Snapshot;
import dev.meridian.storage.StoreException;
import dev.meridian.storage.WriteBatch;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Items in LevelDB and logs in segments are one store: to those who read it, and when something of either is lost. */
class DatabasesTest {

    private static final byte ITEM = 0x10;
    private static final byte LOG = 0x20;
    private static final byte LATER_ITEM = 0x30;
    private static final int WRITES = 600;

    @TempDir
    Path folder;

    @Test
    void rowsOfBothAreVisitedInOneOrder() {
        try (LevelDbStore store = open()) {
            WriteBatch batch = new WriteBatch();
            for (byte kind : new byte[] {LATER_ITEM, LOG, ITEM}) {
                batch.put(key(kind, 1), new byte[1]).put(key(kind, 2), new byte[1]);
            }
            store.commit(batch).toCompletableFuture().join();
            List<byte[]> ascending = List.of(
                    key(ITEM, 1), key(ITEM, 2), key(LOG, 1), key(LOG, 2), key(LATER_ITEM, 1), key(LATER_ITEM, 2));
            KeyRange all = new KeyRange(new byte[] {ITEM}, null);
            assertThat(keys(store, all, Direction.ASCENDING, 9)).containsExactlyElementsOf(ascending);
            assertThat(keys(store, all, Direction.ASCENDING, 3)).containsExactlyElementsOf(ascending.subList(0, 3));
            assertThat(keys(store, all, Direction.DESCENDING, 3))
                    .containsExactly(key(LATER_ITEM, 2), key(LATER_ITEM, 1), key(LOG, 2));
            KeyRange some = new KeyRange(key(ITEM, 2), key(LATER_ITEM, 1));
            assertThat(keys(store, some, Direction.ASCENDING, 9)).containsExactlyElementsOf(ascending.subList(1, 4));
            assertThat(keys(store, new KeyRange(new byte[0], new byte[] {LOG}), Direction.DESCENDING, 2))
                    .containsExactly(key(ITEM, 2), key(ITEM, 1));
        }
    }

    @Test
    void noSnapshotHasHalfOfAGroup() {
        try (LevelDbStore store = open()) {
            List<CompletableFuture<Void>> commits = new ArrayList<>();
            for (int number = 1; number <= WRITES; number++) {
                byte[] key = key(LOG, number);
                commits.add(store.commit(new WriteBatch().put(key(ITEM, 0), key).put(key, new byte[1]))
                        .toCompletableFuture());
                try (Snapshot snapshot = store.snapshot()) {
                    List<byte[]> last = keys(snapshot, KeyRange.prefix(new byte[] {LOG}), Direction.DESCENDING, 1);
                    assertThat(snapshot.get(key(ITEM, 0))).isEqualTo(last.isEmpty() ? null : last.get(0));
                }
            }
            commits.forEach(CompletableFuture::join);
        }
    }

    @Test
    void whatTheLogOfEitherLostComesFromTheWriteAheadLog() throws IOException {
        int before = 0;
        for (boolean isOfItems : new boolean[] {true, false}) {
            for (long left : new long[] {0, 50_000}) {
                LevelDbStore store = open();
                write(store, before);
                before += WRITES;
                store.abandon();
                StoreFiles.cut(struck(isOfItems), left);
                try (LevelDbStore again = open()) {
                    assertThat(again.verification()).isInstanceOf(Verification.Intact.class);
                    for (int number = 0; number < before; number++) {
                        assertThat(again.get(key(ITEM, number))).isNotNull();
                        assertThat(again.get(key(LOG, number))).isNotNull();
                    }
                }
            }
        }
    }

    /** A power cut takes what was not synced: any part of the end of LevelDB's log, and of every segment without a footer. */
    @Test
    void whateverAPowerCutTakesComesBack() throws IOException {
        Random random = new Random(5);
        int before = 0;
        for (int cut = 0; cut < 40; cut++) {
            try (LevelDbStore store = open()) {
                assertThat(store.verification()).isInstanceOf(Verification.Intact.class);
                for (int number = Math.max(0, before - WRITES); number < before; number++) {
                    assertThat(store.get(key(ITEM, number))).isNotNull();
                    assertThat(store.get(key(LOG, number))).isNotNull();
                }
                int from = before;
                int size = 100 + random.nextInt(3_000);
                Writes.write(
                        store,
                        200 + random.nextInt(1_500),
                        number -> new WriteBatch()
                                .put(key(ITEM, from + number), new byte[300])
                                .put(key(LOG, from + number), new byte[size])
                                .delete(key(LOG, Math.max(0, from + number - 5_000))));
                while (store.get(key(LOG, before)) != null) {
                    before++;
                }
                store.abandon();
            }
            cutSomewhere(StoreFiles.logOf(Databases.items(folder)), random);
            for (Path segment : StoreFiles.in(Databases.logs(folder))) {
                if (!SegmentFiles.isSealed(segment)) {
                    cutSomewhere(segment, random);
                }
            }
        }
    }

    private static void cutSomewhere(Path file, Random random) throws IOException {
        StoreFiles.cut(file, (long) (random.nextDouble() * Files.size(file)));
    }

    @Test
    void whatOneOfThemLostForGoodIsNoticedUntilItIsRepaired() throws IOException {
        int before = 0;
        for (boolean isOfItems : new boolean[] {true, false}) {
            LevelDbStore store = open();
            write(store, before);
            store.abandon();
            StoreFiles.cut(struck(isOfItems), 50_000);
            for (Path segment : StoreFiles.segments(folder)) {
                StoreFiles.cut(segment, 0);
            }
            try (LevelDbStore again = open()) {
                assertThat(again.verification()).isInstanceOf(Verification.Damaged.class);
                write(again, before + WRITES);
                before += 2 * WRITES;
            }
            try (LevelDbStore later = open()) {
                assertThat(later.verification()).isInstanceOf(Verification.Damaged.class);
                later.repaired().toCompletableFuture().join();
            }
            try (LevelDbStore whole = open()) {
                assertThat(whole.verification()).isInstanceOf(Verification.Intact.class);
            }
        }
    }

    @Test
    void theWriteAheadLogStaysBoundedWhereOneOfThemIsHardlyWrittenTo() throws IOException {
        byte[] large = new byte[1 << 20];
        try (LevelDbStore store = open()) {
            store.commit(new WriteBatch().put(key(LOG, 0), new byte[1]))
                    .toCompletableFuture()
                    .join();
            for (int number = 0; number < 130; number++) {
                store.commit(new WriteBatch().put(key(ITEM, number % 10), large))
                        .toCompletableFuture()
                        .join();
            }
            assertThat(StoreFiles.segments(folder)).as("of 4 MB").hasSizeLessThanOrEqualTo(25);
            store.abandon();
        }
        try (LevelDbStore again = open()) {
            assertThat(again.verification()).isInstanceOf(Verification.Intact.class);
            assertThat(again.get(key(LOG, 0))).isNotNull();
        }
    }

    @Test
    void aFolderWhoseLogsAreOfOtherKindsIsRefused() {
        open().close();
        assertThatThrownBy(() -> LevelDbStore.open(StoreSettings.of(folder, "test")))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("keeps rows of other kinds as logs (20, not )");
    }

    private LevelDbStore open() {
        return LevelDbStore.open(StoreSettings.of(folder, "test").withLogKinds(Set.of(LOG)));
    }

    /** An item and what the log has of it, in one batch each time. */
    private static void write(LevelDbStore store, int from) {
        Writes.write(
                store,
                WRITES,
                number -> new WriteBatch()
                        .put(key(ITEM, from + number), new byte[300])
                        .put(key(LOG, from + number), new byte[300]));
    }

    private static byte[] key(byte kind, int number) {
        return ByteBuffer.allocate(1 + Long.BYTES).put(kind).putLong(number).array();
    }

    /** The file that has the last writes to items, or to the logs, but for the write-ahead log. */
    private Path struck(boolean isOfItems) throws IOException {
        return isOfItems ? StoreFiles.logOf(Databases.items(folder)) : StoreFiles.lastOf(Databases.logs(folder));
    }

    private static List<byte[]> keys(OrderedReader store, KeyRange range, Direction direction, int atMost) {
        List<byte[]> keys = new ArrayList<>();
        store.scan(range, direction, (key, value) -> {
            keys.add(key);
            return keys.size() < atMost;
        });
        return keys;
    }
}
