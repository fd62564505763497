package dev.meridian.storage.leveldb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.meridian.storage.Direction;
import dev.meridian.storage.KeyRange;
import dev.meridian.storage.OrderedReader;
import dev.meridian.storage.StoreException;
import dev.meridian.storage.WriteBatch;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogStoreTest {

    private static final byte KIND = 0x20;
    private static final int SEGMENT_BYTES = 4_000;
    private static final Split SPLIT = new Split(Set.of(KIND));
    private static final KeyRange ALL = KeyRange.prefix(new byte[] {KIND});

    @TempDir
    private Path folder = Path.of("");

    private LogStore store;
    private ChainRow tip = ChainRow.GENESIS;

    @BeforeEach
    void open() {
        store = new LogStore(folder, "test", SEGMENT_BYTES);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private void reopen() throws IOException {
        store.close();
        open();
        store.sealAll();
    }

    private void write(WriteBatch batch) throws IOException {
        tip = tip.next(List.of(batch));
        store.write(List.of(batch, new WriteBatch().put(tip.key(), tip.value())), SPLIT);
    }

    private static byte[] key(int stream, long number) {
        return ByteBuffer.allocate(1 + Integer.BYTES + Long.BYTES)
                .put(KIND)
                .putInt(stream)
                .putLong(number)
                .array();
    }

    private static List<String> rows(OrderedReader reader, KeyRange range, Direction direction) {
        List<String> rows = new ArrayList<>();
        reader.scan(range, direction, (key, value) -> rows.add(Arrays.toString(key) + Arrays.toString(value)));
        return rows;
    }

    private static List<String> rows(NavigableMap<byte[], byte[]> model, KeyRange range) {
        return model.entrySet().stream()
                .filter(row -> range.contains(row.getKey()))
                .map(row -> Arrays.toString(row.getKey()) + Arrays.toString(row.getValue()))
                .toList();
    }

    private long files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.count();
        }
    }

    @Test
    void agreesWithASortedMapWhateverIsSealedTrimmedOrOpenedAgain() throws IOException {
        Random random = new Random(11);
        NavigableMap<byte[], byte[]> model = new TreeMap<>(Arrays::compareUnsigned);
        long[] last = new long[5];
        for (int round = 0; round < 400; round++) {
            WriteBatch batch = new WriteBatch();
            for (int rows = random.nextInt(8); rows > 0; rows--) {
                int stream = random.nextInt(last.length);
                last[stream] += 1 + random.nextInt(3);
                byte[] value = new byte[random.nextInt(120)];
                random.nextBytes(value);
                batch.put(key(stream, last[stream]), value);
                model.put(key(stream, last[stream]), value);
            }
            int trimmed = random.nextInt(last.length);
            if (random.nextInt(5) == 0 && last[trimmed] > 0) {
                long upTo = last[trimmed] - random.nextInt(20);
                batch.delete(key(trimmed, Math.max(0, upTo)));
                model.subMap(key(trimmed, 0), true, key(trimmed, Math.max(0, upTo)), true)
                        .clear();
            }
            write(batch);
            if (random.nextInt(40) == 0) {
                reopen();
            }
            KeyRange range = new KeyRange(anyKey(random, last), random.nextInt(4) == 0 ? null : anyKey(random, last));
            assertThat(rows(store, range, Direction.ASCENDING)).isEqualTo(rows(model, range));
            assertThat(rows(store, range, Direction.DESCENDING)).isEqualTo(rows(model.descendingMap(), range));
            assertThat(rows(store, ALL, Direction.ASCENDING)).isEqualTo(rows(model, ALL));
            byte[] key = anyKey(random, last);
            assertThat(store.get(key)).isEqualTo(model.get(key));
        }
        assertThat(store.chain(tip.group()).verification()).isEqualTo(new Verification.Intact(tip.group()));
    }

    /** A row's, a part of one, or one and a little more. */
    private static byte[] anyKey(Random random, long[] last) {
        int stream = random.nextInt(last.length);
        byte[] key = key(stream, random.nextInt((int) last[stream] + 3));
        return switch (random.nextInt(4)) {
            case 0 -> Arrays.copyOf(key, 1 + random.nextInt(key.length));
            case 1 -> Arrays.copyOf(key, key.length + 1);
            default -> key;
        };
    }

    @Test
    void aViewStaysAsItWasWhileRowsAreAddedSealedAndDeleted() throws IOException {
        for (int number = 1; number <= 100; number++) {
            write(new WriteBatch().put(key(number % 3, number), new byte[50]));
        }
        List<String> before = rows(store, ALL, Direction.ASCENDING);
        try (LogStore.View view = store.view()) {
            for (int number = 101; number <= 300; number++) {
                write(new WriteBatch().put(key(number % 3, number), new byte[50]));
            }
            write(new WriteBatch().delete(key(0, 300)).delete(key(1, 298)).delete(key(2, 299)));
            store.sealAll();
            assertThat(rows(view, ALL, Direction.ASCENDING)).isEqualTo(before);
            assertThat(rows(store, ALL, Direction.ASCENDING)).isEmpty();
        }
    }

    @Test
    void segmentsGoWithTheirLastRow() throws IOException {
        for (int number = 1; number <= 2_000; number++) {
            write(new WriteBatch().put(key(1, number), new byte[50]));
        }
        write(new WriteBatch().put(key(2, 1), new byte[50]));
        store.sealAll();
        assertThat(files()).isGreaterThan(30);
        write(new WriteBatch().delete(key(1, 1_999)));
        reopen();
        assertThat(files())
                .as("the last row, the other stream, what was written since")
                .isLessThanOrEqualTo(3);
        assertThat(rows(store, ALL, Direction.ASCENDING)).hasSize(2);
        write(new WriteBatch().delete(key(1, 2_000)).delete(key(2, 1)));
        write(new WriteBatch().put(key(1, 2_001), new byte[50]));
        reopen();
        assertThat(rows(store, ALL, Direction.ASCENDING)).hasSize(1);
        assertThat(store.chain(tip.group()).verification()).isEqualTo(new Verification.Intact(tip.group()));
    }

    /** 2,000 rows of stream 0, and five of each of 20 others that then rest. */
    private void writeStreamsThatRest() throws IOException {
        Random random = new Random(5);
        for (int number = 1; number <= 2_000; number++) {
            WriteBatch batch = new WriteBatch().put(key(0, number), valueOf(random.nextLong()));
            if (number % 20 == 0) {
                int stream = 1 + (number - 1) / 100;
                batch.put(key(stream, 1 + (number - 1) % 100 / 20), valueOf(stream));
            }
            write(batch);
        }
        store.sealAll();
        for (int stream = 1; stream <= 20; stream++) {
            write(new WriteBatch().delete(key(stream, 4)));
        }
    }

    private static byte[] valueOf(long content) {
        byte[] value = new byte[60];
        new Random(content).nextBytes(value);
        return value;
    }

    private void trimStream0() throws IOException {
        for (int number = 20; number < 2_000; number += 20) {
            write(new WriteBatch().delete(key(0, number)));
        }
    }

    private long bytes() throws IOException {
        long bytes = 0;
        for (Path file : StoreFiles.in(folder)) {
            bytes += Files.size(file);
        }
        return bytes;
    }

    @Test
    void aSegmentThatStaysForAStreamThatRestsKeepsItsLastRowAlone() throws IOException {
        writeStreamsThatRest();
        long before = bytes();
        trimStream0();
        for (int opened = 0; opened < 2; opened++) {
            reopen();
            assertThat(files()).isBetween(20L, 25L);
            assertThat(bytes()).isLessThan(before / 8);
            assertThat(rows(store, ALL, Direction.ASCENDING)).hasSize(20 + 20);
            for (int stream = 1; stream <= 20; stream++) {
                assertThat(store.get(key(stream, 5))).isEqualTo(valueOf(stream));
            }
        }
        for (int stream = 1; stream <= 20; stream++) {
            write(new WriteBatch().put(key(stream, 6), valueOf(6)).delete(key(stream, 5)));
        }
        reopen();
        write(new WriteBatch().delete(key(0, 1_999)));
        reopen();
        assertThat(files()).as("they go when their streams go on").isLessThan(6);
        assertThat(rows(store, ALL, Direction.ASCENDING)).hasSize(20 + 1);
        assertThat(store.chain(tip.group()).verification()).isEqualTo(new Verification.Intact(tip.group()));
    }

    @Test
    void whoReadsWhileSegmentsAreMadeSmallerSeesWhatIsLeft() throws Exception {
        writeStreamsThatRest();
        KeyRange resting = new KeyRange(key(1, 0), key(21, 0));
        AtomicBoolean isOver = new AtomicBoolean();
        List<Throwable> failures = new ArrayList<>();
        Thread reader = new Thread(() -> {
            try {
                while (!isOver.get()) {
                    int[] stream = {1};
                    store.scan(resting, Direction.ASCENDING, (key, value) -> {
                        assertThat(key).isEqualTo(key(stream[0], 5));
                        assertThat(value).isEqualTo(valueOf(stream[0]++));
                        return true;
                    });
                    assertThat(stream[0]).isEqualTo(21);
                }
            } catch (Throwable failure) {
                failures.add(failure);
            }
        });
        reader.start();
        trimStream0();
        store.close();
        isOver.set(true);
        reader.join();
        open();
        assertThat(failures).isEmpty();
    }

    @Test
    void whoReadsWhileSegmentsAreSealedSeesEveryRowOnce() throws Exception {
        AtomicBoolean isOver = new AtomicBoolean();
        List<Throwable> failures = new ArrayList<>();
        Thread reader = new Thread(() -> {
            try {
                while (!isOver.get()) {
                    long[] next = {1};
                    store.scan(ALL, Direction.ASCENDING, (key, value) -> {
                        assertThat(key).isEqualTo(key(1, next[0]));
                        assertThat(value)
                                .isEqualTo(ByteBuffer.allocate(60)
                                        .putLong(next[0]++)
                                        .array());
                        return true;
                    });
                }
            } catch (Throwable failure) {
                failures.add(failure);
            }
        });
        reader.start();
        for (int number = 1; number <= 3_000; number++) {
            write(new WriteBatch()
                    .put(key(1, number), ByteBuffer.allocate(60).putLong(number).array()));
        }
        isOver.set(true);
        reader.join();
        assertThat(failures).isEmpty();
    }

    @Test
    void aRowOutOfItsOrderIsRefused() throws IOException {
        write(new WriteBatch().put(key(1, 5), new byte[1]));
        assertThatThrownBy(() -> write(new WriteBatch().put(key(1, 5), new byte[1])))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aFlippedBitInASealedSegmentIsNoticedWhereItIsRead() throws IOException {
        Random random = new Random(3);
        for (boolean isCompressed : new boolean[] {true, false}) {
            long first = store.get(key(1, 1)) == null ? 1 : 201;
            for (long number = first; number < first + 200; number++) {
                byte[] value = new byte[50];
                if (!isCompressed) {
                    random.nextBytes(value);
                }
                write(new WriteBatch().put(key(1, number), value));
            }
            store.sealAll();
            Path last = StoreFiles.lastOf(folder);
            byte[] whole = Files.readAllBytes(last);
            for (int at = 0; at < 200; at++) {
                byte[] flipped = whole.clone();
                flipped[at] ^= 4;
                Files.write(last, flipped);
                assertThatThrownBy(() -> store.scan(ALL, Direction.DESCENDING, (key, value) -> true))
                        .as("byte %s", at)
                        .isInstanceOf(StoreException.class)
                        .hasMessageContaining("fails its checksum");
                assertThat(store.get(key(1, first))).isNotNull();
            }
            Files.write(last, whole);
        }
    }

    @Test
    void segmentsThatTakeTheNumbersOfLostOnesStay() throws IOException {
        for (int number = 1; number <= 200; number++) {
            write(new WriteBatch().put(key(1, number), new byte[50]));
            if (number == 180) {
                write(new WriteBatch().put(key(2, 1), new byte[50]));
            }
        }
        store.sealAll();
        write(new WriteBatch().delete(key(1, 200)));
        reopen();
        int last = Integer.parseInt(StoreFiles.lastOf(folder).getFileName().toString());
        store.close();
        StoreFiles.cut(StoreFiles.in(folder).get(0), 0);
        open();
        store.closeHole();
        for (int number = 1; number <= 1_000; number++) {
            write(new WriteBatch().put(key(3, number), new byte[50]));
        }
        store.sealAll();
        assertThat(files()).isGreaterThan(last + 2);
        write(new WriteBatch().delete(key(3, 1)));
        write(new WriteBatch().delete(key(3, 2)));
        reopen();
        assertThat(rows(store, KeyRange.prefix(Arrays.copyOf(key(3, 0), 5)), Direction.ASCENDING))
                .hasSize(998);
    }

    @Test
    void aSegmentWhoseRowsWereDeletedWhileItWasReadOrWrittenGoesLater() throws IOException {
        for (int number = 1; number <= 500; number++) {
            write(new WriteBatch().put(key(1, number), new byte[50]));
        }
        try (LogStore.View view = store.view()) {
            write(new WriteBatch().delete(key(1, 500)));
            assertThat(rows(view, ALL, Direction.ASCENDING)).hasSize(500);
        }
        for (int number = 1; number <= 100; number++) {
            write(new WriteBatch().put(key(2, number), new byte[50]));
        }
        store.sealAll();
        for (int number = 1; number < 20; number++) {
            write(new WriteBatch().delete(key(2, number)));
        }
        store.close();
        assertThat(files()).isLessThanOrEqualTo(5);
        open();
    }

    @Test
    void aLostSegmentInTheMiddleIsAHole() throws IOException {
        for (int number = 1; number <= 200; number++) {
            write(new WriteBatch().put(key(1, number), new byte[50]));
        }
        store.close();
        StoreFiles.cut(folder.resolve("00000001"), 0);
        Files.createFile(folder.resolve("not one of them"));
        open();
        assertThat(store.chain(tip.group()).verification()).isInstanceOf(Verification.Damaged.class);
        store.closeHole();
        assertThat(rows(store, ALL, Direction.ASCENDING)).hasSize(SEGMENT_BYTES / 104);
        assertThat(store.chain(0).verification()).isInstanceOf(Verification.Intact.class);
    }
}
