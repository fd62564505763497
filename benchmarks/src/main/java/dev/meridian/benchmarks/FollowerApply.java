package dev.meridian.benchmarks;

import dev.meridian.conflict.HybridClock;
import dev.meridian.conflict.Stamp;
import dev.meridian.conflict.Version;
import dev.meridian.node.partition.ApplyOutcome;
import dev.meridian.node.partition.PartitionCore;
import dev.meridian.node.partition.PartitionId;
import dev.meridian.node.partition.PartitionRules;
import dev.meridian.replication.log.ChangeRecord;
import dev.meridian.table.value.ItemCodec;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.TearDown;

/** Records of another region, 500 at a time: reconciled only, and reconciled and committed until the disk has them. */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class FollowerApply extends Piece {

    private static final int RECORDS = 500;
    private static final int KEYS = 10_000;
    private static final String ORIGIN = "us-east-1";
    private static final long NOW_MILLIS = 1_900_000_000_000L;

    private final TemporaryStore temporary = new TemporaryStore();
    private final PartitionCore core;
    private final List<byte[]> keys = new ArrayList<>();
    private final List<byte[]> images = new ArrayList<>();
    private long sequence;

    public FollowerApply() {
        core = new PartitionCore(
                new PartitionId("eu-west-1", 1, 0, "orders"),
                Samples.TABLE,
                temporary.store(),
                new HybridClock(0),
                PartitionRules.NONE);
        for (int number = 0; number < KEYS; number++) {
            keys.add(Samples.key(number).bytes());
            images.add(ItemCodec.encode(Samples.item(number)));
        }
        while (sequence < KEYS) {
            applyAndCommit();
        }
    }

    @Benchmark
    @OperationsPerInvocation(RECORDS)
    public ApplyOutcome reconcile() {
        ApplyOutcome.Merged merged = apply();
        core.durable(merged.ticket());
        return merged;
    }

    @Benchmark
    @OperationsPerInvocation(RECORDS)
    public void reconcileAndCommit() {
        applyAndCommit();
    }

    private void applyAndCommit() {
        ApplyOutcome.Merged merged = apply();
        temporary.store().commit(merged.batch()).toCompletableFuture().join();
        core.durable(merged.ticket());
    }

    private ApplyOutcome.Merged apply() {
        List<ChangeRecord> records = new ArrayList<>(RECORDS);
        for (int i = 0; i < RECORDS; i++) {
            int key = (int) (sequence % KEYS);
            sequence++;
            Stamp stamp = Stamp.first(new Version(sequence, ORIGIN));
            records.add(new ChangeRecord(sequence, keys.get(key), stamp, images.get(key)));
        }
        return (ApplyOutcome.Merged) core.apply(ORIGIN, records, NOW_MILLIS);
    }

    @TearDown
    public void close() throws IOException {
        temporary.close();
    }
}
