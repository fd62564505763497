package dev.meridian.storage.leveldb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.meridian.storage.Direction;
import dev.meridian.storage.KeyRange;
import dev.meridian.storage.WriteBatch;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What goes with rows that are deleted, and what stays. */
class LogTrimmingTest extends OpenLogs {

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
        whileReading(
                () -> {
                    int[] stream = {1};
                    store.scan(resting, Direction.ASCENDING, (key, value) -> {
                        assertThat(key).isEqualTo(key(stream[0], 5));
                        assertThat(value).isEqualTo(valueOf(stream[0]++));
                        return true;
                    });
                    assertThat(stream[0]).isEqualTo(21);
                },
                () -> {
                    trimStream0();
                    store.close();
                });
        open();
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
}
