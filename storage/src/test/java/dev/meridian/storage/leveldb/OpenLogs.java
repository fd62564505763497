package dev.meridian.storage.leveldb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.meridian.storage.Direction;
import dev.meridian.storage.KeyRange;
import dev.meridian.storage.OrderedReader;
import dev.meridian.storage.WriteBatch;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Logs in a folder, opened for each test, whose groups follow one another. */
abstract class OpenLogs {

    private static final byte KIND = 0x20;
    static final int SEGMENT_BYTES = 4_000;
    private static final Split SPLIT = new Split(Set.of(KIND));
    static final KeyRange ALL = KeyRange.prefix(new byte[] {KIND});

    @TempDir
    Path folder = Path.of("");

    LogStore store;
    ChainRow tip = ChainRow.GENESIS;

    @BeforeEach
    void open() {
        store = new LogStore(folder, "test", SEGMENT_BYTES);
    }

    @AfterEach
    void close() {
        store.close();
    }

    final void reopen() throws IOException {
        store.close();
        open();
        store.sealAll();
    }

    final void write(WriteBatch batch) throws IOException {
        tip = tip.next(List.of(batch));
        store.write(List.of(batch, new WriteBatch().put(tip.key(), tip.value())), SPLIT);
    }

    static byte[] key(int stream, long number) {
        return ByteBuffer.allocate(1 + Integer.BYTES + Long.BYTES)
                .put(KIND)
                .putInt(stream)
                .putLong(number)
                .array();
    }

    static List<String> rows(OrderedReader reader, KeyRange range, Direction direction) {
        List<String> rows = new ArrayList<>();
        reader.scan(range, direction, (key, value) -> rows.add(Arrays.toString(key) + Arrays.toString(value)));
        return rows;
    }

    final long files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.count();
        }
    }

    final long bytes() throws IOException {
        long bytes = 0;
        for (Path file : StoreFiles.in(folder)) {
            bytes += Files.size(file);
        }
        return bytes;
    }

    /** Something that may fail. */
    interface Step {

        void run() throws Exception;
    }

    /** Reads again and again meanwhile, each time with no failure. */
    static void whileReading(Step read, Step write) throws Exception {
        AtomicBoolean isOver = new AtomicBoolean();
        List<Throwable> failures = new ArrayList<>();
        Thread reader = new Thread(() -> {
            try {
                while (!isOver.get()) {
                    read.run();
                }
            } catch (Throwable failure) {
                failures.add(failure);
            }
        });
        reader.start();
        try {
            write.run();
        } finally {
            isOver.set(true);
            reader.join();
        }
        assertThat(failures).isEmpty();
    }
}
