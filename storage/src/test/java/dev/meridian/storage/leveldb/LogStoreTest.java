package dev.meridian.storage.leveldb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.meridian.storage.Direction;
import dev.meridian.storage.KeyRange;
import dev.meridian.storage.StoreException;
import dev.meridian.storage.WriteBatch;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class LogStoreTest extends OpenLogs {

    private static List<String> rows(NavigableMap<byte[], byte[]> model, KeyRange range) {
        return model.entrySet().stream()
                .filter(row -> range.contains(row.getKey()))
                .map(row -> Arrays.toString(row.getKey()) + Arrays.toString(row.getValue()))
                .toList();
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
    void whoReadsWhileSegmentsAreSealedSeesEveryRowOnce() throws Exception {
        whileReading(
                () -> {
                    long[] next = {1};
                    store.scan(ALL, Direction.ASCENDING, (key, value) -> {
                        assertThat(key).isEqualTo(key(1, next[0]));
                        assertThat(value)
                                .isEqualTo(ByteBuffer.allocate(60)
                                        .putLong(next[0]++)
                                        .array());
                        return true;
                    });
                },
                () -> {
                    for (int number = 1; number <= 3_000; number++) {
                        byte[] value = ByteBuffer.allocate(60).putLong(number).array();
                        write(new WriteBatch().put(key(1, number), value));
                    }
                });
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
