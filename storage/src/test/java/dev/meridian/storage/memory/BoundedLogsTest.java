package dev.meridian.storage.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.meridian.storage.Direction;
import dev.meridian.storage.KeyRange;
import dev.meridian.storage.OrderedStore;
import dev.meridian.storage.OrderedStoreContract;
import dev.meridian.storage.WriteBatch;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A store in memory whose logs are bounded. */
class BoundedLogsTest extends OrderedStoreContract {

    private static final byte LOG = 'l';
    private static final byte ITEM = 'i';
    private static final int MAX_BYTES = 100_000;

    @Override
    protected OrderedStore open() {
        return bounded();
    }

    private static MemoryStore bounded() {
        return MemoryStore.boundingLogs(Set.of(LOG), MAX_BYTES);
    }

    @Test
    void theOldestGoAndEveryStreamKeepsAnUnbrokenEnd() {
        Random random = new Random(7);
        MemoryStore store = bounded();
        long[] last = new long[5];
        for (int write = 0; write < 20_000; write++) {
            int stream = random.nextInt(last.length);
            WriteBatch batch = new WriteBatch().put(row(LOG, stream, ++last[stream]), value(random.nextInt(600)));
            if (write % 10 == 0) {
                batch.put(row(ITEM, 0, write), value(1));
            }
            store.commit(batch);
            if (write % 5_000 == 4_999) {
                store = store.crash(0);
            }
        }
        long rows = 0;
        for (int stream = 0; stream < last.length; stream++) {
            List<Long> kept = sequences(store, LOG, stream);
            assertThat(kept).hasSizeGreaterThan(10).endsWith(last[stream]);
            assertThat(last[stream] - kept.get(0)).isEqualTo(kept.size() - 1);
            rows += kept.size();
        }
        assertThat(rows).as("rows of 300 bytes and some").isBetween(100L, (long) MAX_BYTES / 250);
        assertThat(sequences(store, ITEM, 0)).as("no log").hasSize(2_000);
    }

    @Test
    void theLastRowOfAStreamThatRestsStaysAndGoesOnceItIsNot() {
        MemoryStore store = bounded();
        store.commit(new WriteBatch().put(row(LOG, 1, 1), value(300)));
        fill(store, 2, 1, 2_000);
        assertThat(sequences(store, LOG, 1)).containsExactly(1L);
        store.commit(new WriteBatch().put(row(LOG, 1, 2), value(300)));
        fill(store, 2, 2_001, 4_000);
        assertThat(sequences(store, LOG, 1)).containsExactly(2L);
    }

    @Test
    void lastRowsStayHoweverManyBytesTheyHave() {
        MemoryStore store = bounded();
        for (int stream = 0; stream < 200; stream++) {
            fill(store, stream, 1, 2);
            store.commit(new WriteBatch().put(row(LOG, stream, 3), value(10_000)));
        }
        fill(store, 200, 1, 500);
        for (int stream = 0; stream < 200; stream++) {
            assertThat(sequences(store, LOG, stream)).containsExactly(3L);
        }
        assertThat(sequences(store, LOG, 200)).hasSizeLessThan(10).endsWith(500L);
    }

    @Test
    void whatOthersHaveTrimmedMakesRoom() {
        MemoryStore store = bounded();
        fill(store, 1, 1, 200);
        assertThat(sequences(store, LOG, 1)).hasSize(200);
        WriteBatch trim = new WriteBatch();
        for (long sequence = 1; sequence < 200; sequence++) {
            trim.delete(row(LOG, 1, sequence));
        }
        store.commit(trim);
        fill(store, 2, 1, 200);
        assertThat(sequences(store, LOG, 2)).hasSize(200);
        store.commit(new WriteBatch().put(row(LOG, 2, 200), value(301)));
        assertThat(sequences(store, LOG, 2))
                .as("a row written again counts once")
                .hasSize(200);
    }

    @Test
    void tablesThatCameAndWentBesideOneThatRestsAreForgotten() {
        MemoryStore store = bounded();
        store.commit(new WriteBatch().put(row(LOG, 0, 1), value(300)));
        for (int table = 1; table <= 100; table++) {
            fill(store, table, 1, 100);
            WriteBatch drop = new WriteBatch();
            for (long sequence = 1; sequence <= 100; sequence++) {
                drop.delete(row(LOG, table, sequence));
            }
            store.commit(drop);
        }
        fill(store, 101, 1, 300);
        assertThat(sequences(store, LOG, 0)).containsExactly(1L);
        assertThat(sequences(store, LOG, 101)).hasSizeBetween(200, 240).endsWith(300L);
    }

    private static void fill(MemoryStore store, int stream, long from, long to) {
        for (long sequence = from; sequence <= to; sequence++) {
            store.commit(new WriteBatch().put(row(LOG, stream, sequence), value(300)));
        }
    }

    private static byte[] row(byte kind, int stream, long sequence) {
        return ByteBuffer.allocate(10)
                .put(kind)
                .put((byte) stream)
                .putLong(sequence)
                .array();
    }

    private static byte[] value(int length) {
        return new byte[length];
    }

    private static List<Long> sequences(MemoryStore store, byte kind, int stream) {
        List<Long> sequences = new ArrayList<>();
        store.scan(KeyRange.prefix(new byte[] {kind, (byte) stream}), Direction.ASCENDING, (key, row) -> {
            sequences.add(ByteBuffer.wrap(key).getLong(2));
            return true;
        });
        return sequences;
    }
}
