package dev.meridian.node.partition;

import dev.meridian.replication.log.ChangeRecord;
import dev.meridian.storage.WriteBatch;
import dev.meridian.table.key.ItemKey;
import dev.meridian.table.operation.Cancellation;
import dev.meridian.table.operation.ItemWrite;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One partition's part in the transactions under way. An item of a transaction is locked from the vote until the commit is
 * durable: writes to it are refused, records of other regions for it wait. Between deciding a transaction and handing it to the
 * store the partition holds everything else back, so that its log stays in order. Nothing of this outlives a crash, nor needs to:
 * a transaction is one batch of the store, there or not.
 */
final class TransactionPart {

    private final ItemLocks locks = new ItemLocks();
    private final ArrayDeque<PartitionCommand> heldBack = new ArrayDeque<>();
    private final ArrayDeque<PartitionCommand> deferred = new ArrayDeque<>();
    private @Nullable String holding;

    /** Whether the message has to wait until the transaction decided last is handed to the store; it is kept then. */
    boolean holdsBack(PartitionCommand message) {
        if (holding == null || message instanceof PartitionCommand.Proceed) {
            return false;
        }
        heldBack.add(message);
        return true;
    }

    /** The next message that was held back, or null where there is none or must be none. */
    @Nullable
    PartitionCommand nextHeldBack() {
        return holding == null ? heldBack.poll() : null;
    }

    void proceed(String transaction) {
        if (transaction.equals(holding)) {
            holding = null;
        }
    }

    boolean isLocked(ItemKey key) {
        return locks.isLocked(key);
    }

    /** Whether replicated rows have to wait for a transaction to end, to be given back by {@link #takeDeferred}. */
    <T> boolean defers(PartitionCommand message, List<T> rows, Function<T, ItemKey> key) {
        boolean isIdle = deferred.isEmpty() && locks.isEmpty();
        if (isIdle || deferred.isEmpty() && rows.stream().map(key).noneMatch(locks::isLocked)) {
            return false;
        }
        deferred.add(message);
        return true;
    }

    List<PartitionCommand> takeDeferred() {
        List<PartitionCommand> messages = new ArrayList<>(deferred);
        deferred.clear();
        return messages;
    }

    List<Vote> prepare(PartitionCore core, PartitionCommand.Prepare message) {
        List<Vote> votes = new ArrayList<>();
        boolean isReady = true;
        for (ItemWrite write : message.writes()) {
            Vote vote = locks.isLocked(write.key()) ? Vote.refused(Cancellation.conflict()) : core.vote(write);
            isReady &= vote.refusal().isEmpty();
            votes.add(vote);
        }
        if (isReady) {
            locks.lock(message.transaction(), message.writes());
        }
        return votes;
    }

    /** What a transaction has prepared here; empty where nobody knows of it. */
    List<ItemWrite> prepared(String transaction) {
        return locks.prepared(transaction);
    }

    /** Decides what was prepared. From now on everything is held back until {@link #proceed}. */
    Decided decide(PartitionCore core, String transaction, long nowMillis) {
        WriteBatch batch = new WriteBatch();
        List<WriteOutcome> outcomes = new ArrayList<>();
        List<ChangeRecord> changes = new ArrayList<>();
        long ticket = 0;
        for (ItemWrite write : prepared(transaction)) {
            WriteOutcome outcome = core.writeVoted(write, nowMillis);
            outcomes.add(outcome);
            if (outcome instanceof WriteOutcome.Written written) {
                batch.addAll(written.batch());
                changes.add(written.change());
                ticket = written.ticket();
            }
        }
        holding = transaction;
        return new Decided(batch, ticket, outcomes, changes);
    }

    /** A transaction's writes in this partition. */
    record Decided(WriteBatch batch, long ticket, List<WriteOutcome> outcomes, List<ChangeRecord> changes) {}

    void release(String transaction) {
        locks.release(transaction);
    }

    /** The partition has recovered: nothing is prepared any more. */
    void forget() {
        locks.clear();
    }
}
