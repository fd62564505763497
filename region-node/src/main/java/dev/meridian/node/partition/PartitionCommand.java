package dev.meridian.node.partition;

import dev.meridian.replication.log.ChangeRecord;
import dev.meridian.replication.log.StampedImage;
import dev.meridian.table.definition.TableSchema;
import dev.meridian.table.key.ItemKey;
import dev.meridian.table.operation.ItemWrite;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.actor.typed.ActorRef;

/** What a {@link PartitionActor} is told. */
public sealed interface PartitionCommand {

    /** What asks for a decision, and is told where there can be none. */
    sealed interface Decision extends PartitionCommand {

        /** The partition has decided nothing, or what it decided came to nothing. */
        void failed(PartitionId partition, Throwable failure);
    }

    /** A write of this region. */
    sealed interface Local extends Decision {

        WriteListener listener();

        @Override
        default void failed(PartitionId partition, Throwable failure) {
            listener().failed(failure);
        }
    }

    /** A transaction's. */
    sealed interface Transactional extends Decision {

        CompletableFuture<?> answer();

        @Override
        default void failed(PartitionId partition, Throwable failure) {
            answer().completeExceptionally(failure);
        }
    }

    /** What is answered when durable. */
    sealed interface Upkeep extends Decision {

        ActorRef<Applied> replyTo();

        /** What the answer is told by; 0 where there is no need. */
        default long tag() {
            return 0;
        }

        @Override
        default void failed(PartitionId partition, Throwable failure) {
            replyTo().tell(new Applied.Failed(partition, tag(), failure));
        }
    }

    /** Decide a local write and tell the listener. */
    record Write(ItemWrite write, WriteListener listener) implements Local {}

    /** Write what regions have agreed on, and tell the listener. */
    record Learn(ItemKey key, StampedImage agreed, WriteListener listener) implements Local {}

    /** Vote on the actions of a transaction, and lock their items if all can take place. */
    record Prepare(String transaction, List<ItemWrite> writes, CompletableFuture<List<Vote>> answer)
            implements Transactional {}

    /** Decide what was prepared, and hold everything else back until {@link Proceed}. */
    record Execute(String transaction, CompletableFuture<Share> answer) implements Transactional {}

    /** The transaction has been handed to the store, or given up. */
    record Proceed(String transaction) implements PartitionCommand {}

    /** The transaction has ended; its items are free. */
    record Release(String transaction) implements PartitionCommand {}

    /** Reconcile records of another region; answered when durable, with the tag. */
    record Apply(String origin, List<ChangeRecord> records, long tag, ActorRef<Applied> replyTo) implements Upkeep {}

    /**
     * Reconcile rows of another replica; answered when durable.
     *
     * @param streamed whether what changes is to be seen in the table's stream, as it is not where a replica is new
     */
    record Merge(List<CopiedRow> rows, boolean streamed, ActorRef<Applied> replyTo) implements Upkeep {}

    /** Put the index rows of these items right; answered when durable. */
    record Reindex(List<ItemKey> keys, ActorRef<Applied> replyTo) implements Upkeep {}

    /** Take over what a peer knows of an origin's log; answered when durable. */
    record Adopt(String origin, long sequence, ActorRef<Applied> replyTo) implements Upkeep {}

    /** Let go of tombstones up to a stable time, no more than so many; answered when durable with how many were seen. */
    record Collect(long stableTime, int atMost, ActorRef<Applied> replyTo) implements Upkeep {}

    /** Tell the last sequence that was decided. */
    record Mark(CompletableFuture<Long> answer) implements PartitionCommand {}

    /** The table is called by another global identifier now. */
    record Rename(PartitionId id) implements PartitionCommand {}

    /** The table has another shape now. */
    record Reshape(TableSchema table) implements PartitionCommand {}

    /** The table is gone from here. */
    enum Stop implements PartitionCommand {
        INSTANCE
    }

    /** What the shell tells itself. */
    non-sealed interface Own extends PartitionCommand {}
}
