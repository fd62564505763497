package dev.meridian.chaos.simulator;

import dev.meridian.node.partition.WriteOutcome;
import dev.meridian.node.stage.StageEnd;
import dev.meridian.node.strong.StrongGroups;
import dev.meridian.node.strong.StrongTables;
import dev.meridian.replication.link.Link;
import dev.meridian.replication.link.LinkException;
import dev.meridian.replication.link.LinkRequest;
import dev.meridian.table.key.ItemKey;
import dev.meridian.table.operation.ItemWrite;
import dev.meridian.table.operation.StrongRead;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/**
 * A region's part in a strongly consistent table: what agrees in a running region, over the simulated disk, links and time. It
 * begins anew with each life; what an earlier one was about comes to nothing.
 */
public final class SimulatedAgreement {

    private static final long SETTLE_MILLIS = 500;

    private final SimulatedPartitions partitions;
    private final Surroundings surroundings;
    private final long life;
    private final StrongTables tables;
    private final Runnable settler;

    SimulatedAgreement(
            SimulatedRegion region,
            SimulatedPartitions partitions,
            SimulatedWrites writes,
            Surroundings surroundings,
            Agreeing agreeing) {
        this.partitions = partitions;
        this.surroundings = surroundings;
        this.life = partitions.life().count();
        Executor executor = task -> later(0, task);
        this.tables = new StrongTables(new StrongTables.Setting(
                region.name(),
                new SimulatedStore(region, partitions, surroundings),
                StrongGroups.only(partitions.table(), agreeing.acceptors()),
                (table, key, agreed) -> writes.learn(key, agreed),
                peer -> answeredWithin(agreeing.links().to(peer), executor),
                partitions.clock(),
                () -> Instant.ofEpochMilli(partitions.wallMillis()),
                surroundings::nowMillis,
                agreeing.random(),
                executor,
                this::later,
                Long.toString(life)));
        this.settler = tables.settler();
        settle();
    }

    /** Runs the task later, if this life lasts. */
    private void later(long afterMillis, Runnable task) {
        surroundings.after(afterMillis, () -> {
            if (partitions.life().count() == life) {
                partitions.life().take(task);
            }
        });
    }

    private void settle() {
        later(SETTLE_MILLIS, () -> {
            settler.run();
            settle();
        });
    }

    /** A link whose answers reach this life only, and fail where they do not come in time. */
    private Link answeredWithin(Link link, Executor executor) {
        return request -> {
            CompletableFuture<byte[]> answer = new CompletableFuture<>();
            link.exchange(request)
                    .whenCompleteAsync((came, failure) -> StageEnd.passOn(answer, came, failure), executor);
            later(request.timeoutMillis(), () -> answer.completeExceptionally(new LinkException("no answer in time")));
            return answer;
        };
    }

    /** A client writes here; fails where too few regions can be reached. */
    public CompletionStage<WriteOutcome> write(ItemWrite write) {
        return tables.write(partitions.table(), write);
    }

    /** Brings an item up to date here before it is read; fails where too few regions can be reached. */
    public CompletionStage<Void> refresh(ItemKey key) {
        return tables.refresh(List.of(new StrongRead.OfItem(partitions.table(), key)));
    }

    /** Brings all items up to date here; fails where too few regions can be reached. */
    public CompletionStage<Void> refreshAll() {
        return tables.refresh(List.of(new StrongRead.OfRange(partitions.table(), new byte[0], null)));
    }

    /** A peer asks. */
    public CompletionStage<byte[]> answer(String from, LinkRequest request) {
        return tables.links().answer(from, request.kind(), request.body());
    }
}
