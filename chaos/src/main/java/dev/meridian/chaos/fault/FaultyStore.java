package dev.meridian.chaos.fault;

import dev.meridian.node.stage.StageEnd;
import dev.meridian.storage.Direction;
import dev.meridian.storage.KeyRange;
import dev.meridian.storage.OrderedReader;
import dev.meridian.storage.OrderedStore;
import dev.meridian.storage.RowVisitor;
import dev.meridian.storage.Snapshot;
import dev.meridian.storage.StoreException;
import dev.meridian.storage.WriteBatch;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A store on a disk bent by the board. Reads are not touched. A slow disk keeps the order of batches; after a failed sync every later
 * commit fails, until the store is opened again.
 */
public final class FaultyStore implements OrderedStore {

    private final String region;
    private final OrderedStore real;
    private final FaultBoard board;
    private final ChaosLinks.Timer timer;
    private CompletableFuture<Void> last = CompletableFuture.completedFuture(null);
    private boolean isPoisoned;
    private volatile boolean isTouched;

    public FaultyStore(String region, OrderedStore real, FaultBoard board, ChaosLinks.Timer timer) {
        this.region = region;
        this.real = real;
        this.board = board;
        this.timer = timer;
    }

    @Override
    public CompletionStage<Void> commit(WriteBatch batch) {
        DiskFault fault = board.region(region).disk();
        // Without a lock as long as nothing has ever been wrong.
        return isTouched || fault != DiskFault.NONE ? commit(batch, fault) : real.commit(batch);
    }

    private synchronized CompletionStage<Void> commit(WriteBatch batch, DiskFault fault) {
        isTouched = true;
        if (isPoisoned || fault.syncError()) {
            isPoisoned = true;
            return CompletableFuture.failedFuture(new StoreException(
                    StoreException.Kind.UNKNOWN_OUTCOME,
                    "a sync failed, as it was told to; the store must be reopened"));
        }
        if (fault.full()) {
            return CompletableFuture.failedFuture(
                    new StoreException(StoreException.Kind.NO_SPACE, "the disk is full, as it was told to be"));
        }
        CompletionStage<Void> durable = real.commit(batch);
        if (fault.slowMillis() == 0 && last.isDone()) {
            return durable;
        }
        CompletableFuture<Void> slow = new CompletableFuture<>();
        CompletableFuture<Void> before = last;
        durable.whenComplete((done, failure) -> timer.after(
                fault.slowMillis(),
                () -> before.whenComplete((earlier, ignored) -> {
                    StageEnd.passOn(slow, null, failure);
                })));
        last = slow;
        return slow;
    }

    @Override
    public byte @Nullable [] get(byte[] key) {
        return real.get(key);
    }

    @Override
    public void scan(KeyRange range, Direction direction, RowVisitor visitor) {
        real.scan(range, direction, visitor);
    }

    @Override
    public Snapshot snapshot() {
        return real.snapshot();
    }

    @Override
    public <T> T atOneInstant(Function<OrderedReader, T> reading) {
        return real.atOneInstant(reading);
    }

    @Override
    public Optional<String> damage() {
        return real.damage();
    }

    @Override
    public CompletionStage<Void> repaired() {
        return real.repaired();
    }

    @Override
    public void abandon() {
        real.abandon();
    }

    @Override
    public void close() {
        real.close();
    }
}
