package dev.meridian.benchmarks;

import dev.meridian.conflict.Stamp;
import dev.meridian.conflict.Version;
import dev.meridian.node.replication.TableDigests;
import dev.meridian.replication.digest.RangeDigests;
import dev.meridian.replication.log.RowKeys;
import dev.meridian.replication.log.StampedImage;
import dev.meridian.storage.WriteBatch;
import dev.meridian.table.value.ItemCodec;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.TearDown;

/** The digests by which replicas of a table are compared, read from the disk's rows; one operation is one row. */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class TableDigest extends Piece {

    private static final int ROWS = 10_000;

    private final TemporaryStore temporary = new TemporaryStore();

    public TableDigest() {
        WriteBatch batch = new WriteBatch();
        for (int number = 0; number < ROWS; number++) {
            StampedImage row = new StampedImage(
                    Stamp.first(new Version(number, "us-east-1")), ItemCodec.encode(Samples.item(number)));
            batch.put(RowKeys.item(1, Samples.key(number).bytes()), row.encode());
        }
        temporary.store().commit(batch).toCompletableFuture().join();
    }

    @Benchmark
    @OperationsPerInvocation(ROWS)
    public RangeDigests ofItems() {
        return TableDigests.ofItems(temporary.store(), 1);
    }

    @TearDown
    public void close() throws IOException {
        temporary.close();
    }
}
