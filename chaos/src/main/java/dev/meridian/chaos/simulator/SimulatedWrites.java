package dev.meridian.chaos.simulator;

import dev.meridian.node.partition.PartitionCore;
import dev.meridian.node.partition.WriteOutcome;
import dev.meridian.replication.log.StampedImage;
import dev.meridian.storage.WriteBatch;
import dev.meridian.table.key.ItemKey;
import dev.meridian.table.operation.ItemWrite;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** What a region's partitions are told to write by whoever is not a peer. */
final class SimulatedWrites {

    private final SimulatedRegion region;
    private final SimulatedPartitions partitions;
    private final SimulatedSource source;
    private final Surroundings surroundings;

    SimulatedWrites(
            SimulatedRegion region, SimulatedPartitions partitions, SimulatedSource source, Surroundings surroundings) {
        this.region = region;
        this.partitions = partitions;
        this.source = source;
        this.surroundings = surroundings;
    }

    /** Several writes at once: all are decided now and become durable together, or none does. False where the disk takes nothing. */
    boolean write(List<ItemWrite> writes, Runnable acknowledge) {
        if (isDiskShut()) {
            return false;
        }
        WriteBatch batch = new WriteBatch();
        List<Runnable> whenDurable = new ArrayList<>();
        for (ItemWrite write : writes) {
            int partition = write.key().partition(partitions.count());
            WriteOutcome outcome = partitions.core(partition).write(write, partitions.wallMillis());
            add(write.key(), partition, outcome, batch).ifPresent(whenDurable::add);
        }
        if (!whenDurable.isEmpty()) {
            partitions.commit(batch, () -> {
                whenDurable.forEach(Runnable::run);
                acknowledge.run();
            });
        }
        return true;
    }

    /** What regions have agreed on; completes when that or something later is durable, fails where the disk takes nothing. */
    CompletionStage<Void> learn(ItemKey key, StampedImage agreed) {
        if (isDiskShut()) {
            return CompletableFuture.failedFuture(new IllegalStateException("the disk takes nothing"));
        }
        CompletableFuture<Void> learnt = new CompletableFuture<>();
        int partition = key.partition(partitions.count());
        WriteBatch batch = new WriteBatch();
        WriteOutcome outcome = partitions.core(partition).learn(key, agreed, partitions.wallMillis());
        Optional<Runnable> whenDurable = add(key, partition, outcome, batch);
        // Where nothing is to be written, an empty batch still comes after what stands here already.
        partitions.commit(batch, () -> {
            whenDurable.ifPresent(Runnable::run);
            learnt.complete(null);
        });
        return learnt;
    }

    private boolean isDiskShut() {
        return surroundings.isDiskFull(region) || surroundings.isSyncFailing(region);
    }

    /** Adds what a write comes to to the batch; what is to be done once that is durable, or nothing where it was refused. */
    private Optional<Runnable> add(ItemKey key, int partition, WriteOutcome outcome, WriteBatch batch) {
        if (!(outcome instanceof WriteOutcome.Written written)) {
            return Optional.empty();
        }
        PartitionCore core = partitions.core(partition);
        Runnable acknowledged =
                surroundings.decided(region, key, written.change().stamped());
        surroundings.trace(() -> region.name() + " writes " + partition + "/"
                + written.change().sequence() + " "
                + written.change().stamp().version().timestamp());
        if (surroundings.bug() == PlantedBug.ACKNOWLEDGE_BEFORE_SYNC) {
            acknowledged.run();
        }
        batch.addAll(written.batch());
        return Optional.of(() -> {
            core.durable(written.ticket());
            acknowledged.run();
            source.advance(partition, written.change().sequence());
        });
    }
}
