package dev.meridian.benchmarks;

import dev.meridian.replication.log.RowKeys;
import dev.meridian.storage.WriteBatch;
import dev.meridian.table.value.ItemCodec;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;

/** Batches of an item row and a change row, committed and waited for until the disk has them: alone, and by 32 writers at once. */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class GroupCommit extends Piece {

    private static final int KEYS = 10_000;

    private final TemporaryStore temporary = new TemporaryStore();
    private final byte[] image = ItemCodec.encode(Samples.item(17));
    private final AtomicLong written = new AtomicLong();

    @Benchmark
    @Threads(1)
    public void oneWriter() {
        commit();
    }

    @Benchmark
    @Threads(32)
    public void manyWriters() {
        commit();
    }

    private void commit() {
        long number = written.incrementAndGet();
        WriteBatch batch = new WriteBatch()
                .put(RowKeys.item(1, Samples.key(number % KEYS).bytes()), image)
                .put(RowKeys.change(1, 0, "us-east-1", number), image);
        temporary.store().commit(batch).toCompletableFuture().join();
    }

    @TearDown
    public void close() throws IOException {
        temporary.close();
    }
}
