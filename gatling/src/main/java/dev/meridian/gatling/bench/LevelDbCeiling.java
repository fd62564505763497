package dev.meridian.gatling.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.ThreadLocalRandom;
import org.fusesource.leveldbjni.JniDBFactory;
import org.iq80.leveldb.CompressionType;
import org.iq80.leveldb.DB;
import org.iq80.leveldb.Options;
import org.iq80.leveldb.WriteBatch;
import org.iq80.leveldb.WriteOptions;

/**
 * The other ceiling: LevelDB alone, which commits with a sync what as many clients write at once: for each an item and its
 * change, no HTTP, no JSON, nothing decided.
 */
final class LevelDbCeiling implements AutoCloseable {

    static final String NAME = "leveldb-alone";

    private static final int WRITE_BUFFER_BYTES = 8 << 20;

    private final DB database;
    private final Workload workload;
    private final byte[] image;
    private long sequence;

    LevelDbCeiling(Path folder, Workload workload) throws IOException {
        this.workload = workload;
        this.image = "x".repeat(workload.itemBytes()).getBytes(US_ASCII);
        this.database = JniDBFactory.factory.open(
                folder.toFile(),
                new Options().compressionType(CompressionType.NONE).writeBufferSize(WRITE_BUFFER_BYTES));
    }

    /** Writes a second, so many of them to a group. */
    double run(int group, double seconds) throws IOException {
        long start = System.nanoTime();
        long end = start + (long) (seconds * 1e9);
        long writes = 0;
        while (System.nanoTime() < end) {
            try (WriteBatch batch = database.createWriteBatch()) {
                for (int i = 0; i < group; i++) {
                    long key = ThreadLocalRandom.current().nextInt(workload.keys());
                    batch.put(row('i', key), image);
                    batch.put(row('l', ++sequence), image);
                }
                database.write(batch, new WriteOptions().sync(true));
            }
            writes += group;
        }
        return writes * 1e9 / (System.nanoTime() - start);
    }

    private static byte[] row(char kind, long number) {
        return ByteBuffer.allocate(Character.BYTES + Long.BYTES)
                .putChar(kind)
                .putLong(number)
                .array();
    }

    @Override
    public void close() throws IOException {
        database.close();
    }
}
