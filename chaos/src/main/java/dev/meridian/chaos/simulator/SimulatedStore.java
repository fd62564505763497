package dev.meridian.chaos.simulator;

import dev.meridian.storage.Direction;
import dev.meridian.storage.KeyRange;
import dev.meridian.storage.OrderedStore;
import dev.meridian.storage.RowVisitor;
import dev.meridian.storage.Snapshot;
import dev.meridian.storage.StoreException;
import dev.meridian.storage.WriteBatch;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A region's simulated disk as the store of what is not a partition; a commit that a life does not live to see never ends. */
final class SimulatedStore implements OrderedStore {

    private final SimulatedRegion region;
    private final SimulatedPartitions partitions;
    private final Surroundings surroundings;

    SimulatedStore(SimulatedRegion region, SimulatedPartitions partitions, Surroundings surroundings) {
        this.region = region;
        this.partitions = partitions;
        this.surroundings = surroundings;
    }

    private OrderedStore disk() {
        return partitions.disk().store();
    }

    @Override
    public CompletionStage<Void> commit(WriteBatch batch) {
        CompletableFuture<Void> durable = new CompletableFuture<>();
        if (surroundings.isSyncFailing(region)) {
            durable.completeExceptionally(
                    new StoreException(StoreException.Kind.UNKNOWN_OUTCOME, "syncs fail, as they were told to"));
        } else if (surroundings.isDiskFull(region)) {
            durable.completeExceptionally(
                    new StoreException(StoreException.Kind.NO_SPACE, "the disk is full, as it was told to be"));
        } else {
            partitions.commit(batch, () -> durable.complete(null));
        }
        return durable;
    }

    @Override
    public byte @Nullable [] get(byte[] key) {
        return disk().get(key);
    }

    @Override
    public void scan(KeyRange range, Direction direction, RowVisitor visitor) {
        disk().scan(range, direction, visitor);
    }

    @Override
    public Snapshot snapshot() {
        return disk().snapshot();
    }

    @Override
    public void abandon() {
        throw new UnsupportedOperationException("the disk is the region's");
    }

    @Override
    public void close() {
        throw new UnsupportedOperationException("the disk is the region's");
    }
}
