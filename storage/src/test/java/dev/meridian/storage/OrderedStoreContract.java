package dev.meridian.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every binding of {@link OrderedStore} must do. */
public abstract class OrderedStoreContract {

    private OrderedStore store;

    /** Opens an empty store whose commits complete by themselves. */
    protected abstract OrderedStore open();

    @BeforeEach
    void openStore() {
        store = open();
    }

    @AfterEach
    void closeStore() {
        store.close();
    }

    @Test
    void readsWhatWasCommitted() {
        commit(new WriteBatch().put(key("a"), key("1")));
        assertThat(store.get(key("a"))).isEqualTo(key("1"));
        assertThat(store.get(key("b"))).isNull();
    }

    @Test
    void laterOperationsOfABatchWin() {
        commit(new WriteBatch()
                .put(key("a"), key("1"))
                .put(key("a"), key("2"))
                .delete(key("a"))
                .put(key("a"), key("3")));
        assertThat(store.get(key("a"))).isEqualTo(key("3"));
        commit(new WriteBatch().put(key("a"), key("4")).delete(key("a")));
        assertThat(store.get(key("a"))).isNull();
    }

    @Test
    void keysCompareAsUnsignedBytes() {
        commit(new WriteBatch()
                .put(new byte[] {(byte) 0xFF}, key("last"))
                .put(new byte[] {0x7F}, key("middle"))
                .put(new byte[] {0x10}, key("first")));
        assertThat(scan(new KeyRange(new byte[] {0x10}, null), Direction.ASCENDING))
                .containsExactly("first", "middle", "last");
    }

    @Test
    void scansBothWaysBetweenBounds() {
        commit(new WriteBatch()
                .put(key("a"), key("a"))
                .put(key("b"), key("b"))
                .put(key("c"), key("c"))
                .put(key("d"), key("d")));
        assertThat(scan(new KeyRange(key("b"), key("d")), Direction.ASCENDING)).containsExactly("b", "c");
        assertThat(scan(new KeyRange(key("b"), key("d")), Direction.DESCENDING)).containsExactly("c", "b");
        assertThat(scan(new KeyRange(key("b"), key("cc")), Direction.DESCENDING))
                .containsExactly("c", "b");
        assertThat(scan(new KeyRange(key("b"), null), Direction.DESCENDING)).containsExactly("d", "c", "b");
        assertThat(scan(new KeyRange(key("x"), key("z")), Direction.DESCENDING)).isEmpty();
        assertThat(scan(new KeyRange(key("0"), key("a")), Direction.DESCENDING)).isEmpty();
    }

    @Test
    void aVisitorMayStop() {
        commit(new WriteBatch().put(key("a"), key("1")).put(key("b"), key("2")));
        AtomicInteger seen = new AtomicInteger();
        store.scan(new KeyRange(new byte[] {0x10}, null), Direction.ASCENDING, (k, v) -> {
            seen.incrementAndGet();
            return false;
        });
        assertThat(seen).hasValue(1);
    }

    @Test
    void aSnapshotDoesNotChange() {
        commit(new WriteBatch().put(key("a"), key("1")));
        try (Snapshot snapshot = store.snapshot()) {
            commit(new WriteBatch().put(key("a"), key("2")).put(key("b"), key("3")));
            assertThat(snapshot.get(key("a"))).isEqualTo(key("1"));
            assertThat(snapshot.get(key("b"))).isNull();
        }
        assertThat(store.get(key("a"))).isEqualTo(key("2"));
    }

    @Test
    void anEmptyBatchCompletesAfterThoseBeforeIt() {
        CompletableFuture<Void> first =
                store.commit(new WriteBatch().put(key("a"), key("1"))).toCompletableFuture();
        commit(new WriteBatch());
        assertThat(first).isCompleted();
    }

    @Test
    void takesNothingOnceClosed() {
        store.close();
        assertThatThrownBy(() -> commit(new WriteBatch().put(key("a"), key("1"))))
                .hasCauseInstanceOf(StoreException.class)
                .cause()
                .extracting(failure -> ((StoreException) failure).kind())
                .isEqualTo(StoreException.Kind.CLOSED);
    }

    @Test
    void agreesWithASortedMap() {
        Random random = new Random(42);
        NavigableMap<byte[], byte[]> model = new TreeMap<>(Arrays::compareUnsigned);
        for (int round = 0; round < 300; round++) {
            commit(random, OrderedStoreContract::anyKey, model);
        }
        List<byte[]> keys = new ArrayList<>();
        store.scan(new KeyRange(new byte[] {0x10}, null), Direction.ASCENDING, (k, v) -> {
            keys.add(k);
            assertThat(v).isEqualTo(model.get(k));
            return true;
        });
        assertThat(keys).hasSameSizeAs(model.keySet());
        assertThat(keys.stream().map(Arrays::toString))
                .containsExactlyElementsOf(
                        model.keySet().stream().map(Arrays::toString).toList());
    }

    @Test
    void snapshotsAgreeWithCopiesOfASortedMap() {
        Random random = new Random(7);
        NavigableMap<byte[], byte[]> model = new TreeMap<>(Arrays::compareUnsigned);
        for (int round = 0; round < 60; round++) {
            commit(random, OrderedStoreContract::oneOfFewKeys, model);
            NavigableMap<byte[], byte[]> copy = new TreeMap<>(model);
            try (Snapshot snapshot = store.snapshot()) {
                for (int later = random.nextInt(8); later > 0; later--) {
                    commit(random, OrderedStoreContract::oneOfFewKeys, model);
                }
                byte[] from = oneOfFewKeys(random);
                byte[] to = random.nextInt(4) == 0 ? null : oneOfFewKeys(random);
                assertThat(rows(snapshot, new KeyRange(from, to), Direction.ASCENDING))
                        .isEqualTo(rows(copy, from, to));
                assertThat(rows(snapshot, new KeyRange(from, to), Direction.DESCENDING))
                        .isEqualTo(rows(copy.descendingMap(), from, to));
                assertThat(snapshot.get(from)).isEqualTo(copy.get(from));
            }
        }
    }

    private void commit(Random random, Function<Random, byte[]> keys, NavigableMap<byte[], byte[]> model) {
        WriteBatch batch = new WriteBatch();
        for (int i = random.nextInt(6); i >= 0; i--) {
            byte[] key = keys.apply(random);
            if (random.nextInt(4) == 0) {
                batch.delete(key);
                model.remove(key);
            } else {
                byte[] value = new byte[random.nextInt(40)];
                random.nextBytes(value);
                batch.put(key, value);
                model.put(key, value);
            }
        }
        commit(batch);
    }

    private static byte[] anyKey(Random random) {
        byte[] key = new byte[1 + random.nextInt(3)];
        random.nextBytes(key);
        key[0] |= 0x10; // Rows below 0x10 are the store's own.
        return key;
    }

    /** Rows are written again. */
    private static byte[] oneOfFewKeys(Random random) {
        return new byte[] {(byte) (0x10 + random.nextInt(8)), (byte) random.nextInt(8)};
    }

    private static List<String> rows(OrderedReader reader, KeyRange range, Direction direction) {
        List<String> rows = new ArrayList<>();
        reader.scan(range, direction, (key, value) -> rows.add(Arrays.toString(key) + Arrays.toString(value)));
        return rows;
    }

    private static List<String> rows(NavigableMap<byte[], byte[]> model, byte[] from, byte @Nullable [] to) {
        KeyRange range = new KeyRange(from, to);
        return model.entrySet().stream()
                .filter(row -> range.contains(row.getKey()))
                .map(row -> Arrays.toString(row.getKey()) + Arrays.toString(row.getValue()))
                .toList();
    }

    @Test
    void manyWritersAtOnceLoseNothing() throws InterruptedException {
        List<Thread> writers = new ArrayList<>();
        for (int writer = 0; writer < 8; writer++) {
            int id = writer;
            Thread thread = new Thread(() -> {
                for (int i = 0; i < 50; i++) {
                    commit(new WriteBatch().put(key("w" + id + "-" + i), key("x")));
                }
            });
            writers.add(thread);
            thread.start();
        }
        for (Thread thread : writers) {
            thread.join();
        }
        assertThat(scan(KeyRange.prefix(key("w")), Direction.ASCENDING)).hasSize(400);
    }

    protected final void commit(WriteBatch batch) {
        commit(store, batch);
    }

    protected static void commit(OrderedStore store, WriteBatch batch) {
        try {
            store.commit(batch).toCompletableFuture().get();
        } catch (InterruptedException stopped) {
            throw new AssertionError(stopped);
        } catch (ExecutionException failure) {
            throw new java.util.concurrent.CompletionException(failure.getCause());
        }
    }

    private List<String> scan(KeyRange range, Direction direction) {
        List<String> values = new ArrayList<>();
        store.scan(range, direction, (k, v) -> {
            values.add(new String(v, StandardCharsets.UTF_8));
            return true;
        });
        return values;
    }

    protected static byte[] key(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
