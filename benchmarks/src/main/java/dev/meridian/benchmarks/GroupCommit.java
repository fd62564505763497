package dev.meridian.benchmarks;

import dev.meridian.replication.log.RowKeys;
import dev.meridian.storage.WriteBatch;
import dev.meridian.table.value.ItemCodec;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.infra.ThreadParams;

/** Batches of an item row and a change row, committed and waited for until the disk has them: alone, and by 32 writers at once. */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class GroupCommit extends Piece {

    private static final int KEYS = 10_000;

    private final TemporaryStore temporary = new TemporaryStore();
    private final byte[] image = ItemCodec.encode(Samples.item(17));

    /** A writer of one partition: change records of a partition come in their order. */
    @State(Scope.Thread)
    public static class Writer {

        private int partition;
        private long written;

        @Setup
        public void choosePartition(ThreadParams threads) {
            partition = threads.getThreadIndex();
        }
    }

    @Benchmark
    @Threads(1)
    public void oneWriter(Writer writer) {
        commit(writer);
    }

    @Benchmark
    @Threads(32)
    public void manyWriters(Writer writer) {
        commit(writer);
    }

    private void commit(Writer writer) {
        long number = ++writer.written;
        WriteBatch batch = new WriteBatch()
                .put(RowKeys.item(1, Samples.key(number % KEYS).bytes()), image)
                .put(RowKeys.change(1, writer.partition, "us-east-1", number), image);
        temporary.store().commit(batch).toCompletableFuture().join();
    }

    @TearDown
    public void close() throws IOException {
        temporary.close();
    }
}
