package dev.meridian.node.partition;

import dev.meridian.conflict.HybridClock;
import dev.meridian.replication.log.ChangeRecord;
import dev.meridian.replication.log.LogEpoch;
import dev.meridian.replication.log.StampedImage;
import dev.meridian.storage.OrderedStore;
import dev.meridian.storage.StoreException;
import dev.meridian.storage.WriteBatch;
import dev.meridian.table.definition.TableSchema;
import dev.meridian.table.key.ItemKey;
import dev.meridian.table.operation.Cancellation;
import dev.meridian.table.operation.ItemWrite;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;

/**
 * The shell of one partition: its mailbox is the order of its writes. Child of the region's {@code Partitions}; has no
 * children. A write is decided at once and committed without waiting for the one before; the store groups what is queued.
 * When a commit fails the decided state is thrown away and recovered from the store, after every commit under way has
 * come to its end; what the store cannot survive, it reports to the region, which fails as a whole.
 */
public final class PartitionActor extends AbstractBehavior<PartitionActor.Command> {

    public sealed interface Command {}

    /** Decide a local write and tell the listener. */
    public record Write(ItemWrite write, WriteListener listener) implements Command {}

    /** Write what regions have agreed on, and tell the listener. */
    public record Learn(ItemKey key, StampedImage agreed, WriteListener listener) implements Command {}

    /** Vote on the actions of a transaction, and lock their items if all can take place. */
    public record Prepare(String transaction, List<ItemWrite> writes, CompletableFuture<List<Vote>> answer)
            implements Command {}

    /** Decide what was prepared, and hold everything else back until {@link Proceed}. */
    public record Execute(String transaction, CompletableFuture<Share> answer) implements Command {}

    /** The transaction has been handed to the store, or given up. */
    public record Proceed(String transaction) implements Command {}

    /** The transaction has ended; its items are free. */
    public record Release(String transaction) implements Command {}

    /** Reconcile records of another region; answered when durable, with the tag. */
    public record Apply(String origin, List<ChangeRecord> records, long tag, ActorRef<Applied> replyTo)
            implements Command {}

    /**
     * Reconcile rows of another replica; answered when durable.
     *
     * @param streamed whether what changes is to be seen in the table's stream, as it is not where a replica is new
     */
    public record Merge(List<CopiedRow> rows, boolean streamed, ActorRef<Applied> replyTo) implements Command {}

    /** Put the index rows of these items right; answered when durable. */
    public record Reindex(List<ItemKey> keys, ActorRef<Applied> replyTo) implements Command {}

    /** Take over what a peer knows of an origin's log; answered when durable. */
    public record Adopt(String origin, long sequence, ActorRef<Applied> replyTo) implements Command {}

    /** Let go of tombstones up to a stable time, no more than so many; answered when durable with how many were seen. */
    public record Collect(long stableTime, int atMost, ActorRef<Applied> replyTo) implements Command {}

    /** Tell the last sequence that was decided. */
    public record Mark(CompletableFuture<Long> answer) implements Command {}

    /** The table is called by another global identifier now. */
    public record Rename(PartitionId id) implements Command {}

    /** The table has another shape now. */
    public record Reshape(TableSchema table) implements Command {}

    /** The table is gone from here. */
    public enum Stop implements Command {
        INSTANCE
    }

    private record Settled(CommitFence fence) implements Command {}

    private enum Paced implements Command {
        INSTANCE
    }

    private enum SettleIndexes implements Command {
        INSTANCE
    }

    /** The answer to {@link Apply}, {@link Merge}, {@link Reindex}, {@link Adopt} and {@link Collect}. */
    public sealed interface Applied {

        PartitionId partition();

        /** The tag of the {@link Apply}; 0 for the others. */
        long tag();
    }

    /** Durable. */
    public record Merged(PartitionId partition, long tag, ApplyOutcome.Merged outcome) implements Applied {}

    /** Not applied, because records between are missing. */
    public record Gap(PartitionId partition, long tag, long checkpoint) implements Applied {}

    /** Not applied, or nobody knows; the checkpoint in the store tells. */
    public record ApplyFailed(PartitionId partition, long tag, Throwable failure) implements Applied {}

    /**
     * What a partition needs.
     *
     * @param clock the region's wall clock
     * @param stamps the region's hybrid clock, shared by all partitions
     * @param durableWrites learns of this region's own changes once durable
     * @param rules what tables are kept to
     */
    public record Setting(
            OrderedStore store,
            InstantSource clock,
            HybridClock stamps,
            DurableWrites durableWrites,
            PartitionRules rules) {}

    /** Creates the partition; it recovers from the store before its first message. */
    public static Behavior<Command> create(PartitionId id, TableSchema table, Setting setting) {
        return Behaviors.setup(context -> new PartitionActor(context, id, table, setting));
    }

    private static final long SETTLE_MILLIS_MIN = 10;

    private PartitionId id;
    private final Setting setting;
    private final ActorRef<Command> self;
    private TableSchema table;
    private PartitionCore core;
    private final TransactionPart transactions = new TransactionPart();
    private final Pacing pacing;
    private CommitFence fence = new CommitFence();

    private PartitionActor(ActorContext<Command> context, PartitionId id, TableSchema table, Setting setting) {
        super(context);
        this.id = id;
        this.table = table;
        this.setting = setting;
        this.self = context.getSelf();
        self.tell(SettleIndexes.INSTANCE);
        this.pacing = new Pacing(pause -> context.scheduleOnce(pause, self, Paced.INSTANCE));
        this.core = new PartitionCore(id, table, setting.store(), setting.stamps(), setting.rules());
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder().onMessage(Command.class, this::receive).build();
    }

    private Behavior<Command> receive(Command message) {
        return transactions.holdsBack(message) ? this : handle(message);
    }

    private Behavior<Command> handle(Command message) {
        if (message instanceof Write write) {
            return onWrite(write);
        } else if (message instanceof Apply apply) {
            return onApply(apply);
        } else if (message instanceof Learn learn) {
            return onLearn(learn);
        } else if (message instanceof Prepare prepare) {
            return onPrepare(prepare);
        } else if (message instanceof Execute execute) {
            return onExecute(execute);
        } else if (message instanceof Proceed proceed) {
            return onProceed(proceed);
        } else if (message instanceof Release release) {
            return onRelease(release);
        } else if (message instanceof Merge merge) {
            return onMerge(merge);
        } else if (message instanceof Reindex reindex) {
            return onReindex(reindex);
        } else if (message instanceof Adopt adopt) {
            return onAdopt(adopt);
        } else if (message instanceof Collect collect) {
            return onCollect(collect);
        } else if (message instanceof Mark mark) {
            return onMark(mark);
        } else if (message instanceof Rename rename) {
            return onRename(rename);
        } else if (message instanceof Reshape reshape) {
            return onReshape(reshape);
        } else if (message instanceof Settled settled) {
            return onSettled(settled);
        } else if (message instanceof Paced) {
            return onPaced();
        } else if (message instanceof SettleIndexes) {
            return onSettleIndexes();
        }
        return onStop();
    }

    private Behavior<Command> onPrepare(Prepare message) {
        if (fence.isBroken()) {
            message.answer().completeExceptionally(fence.failure());
            return this;
        }
        core.durable(fence.durable());
        message.answer().complete(transactions.prepare(core, message));
        return this;
    }

    private Behavior<Command> onExecute(Execute message) {
        if (fence.isBroken()) {
            message.answer().completeExceptionally(fence.failure());
            return this;
        }
        if (transactions.prepared(message.transaction()).isEmpty()) {
            message.answer().completeExceptionally(new IllegalStateException("the partition has recovered since"));
            return this;
        }
        core.durable(fence.durable());
        CommitFence current = fence;
        TransactionPart.Decided decided =
                transactions.decide(core, message.transaction(), setting.clock().millis());
        message.answer().complete(new Share(current, decided, new Share.Ended() {
            @Override
            public void durable() {
                decided.changes().forEach(change -> setting.durableWrites().durable(id, change));
            }

            @Override
            public void settled() {
                self.tell(new Settled(current));
            }
        }));
        return this;
    }

    private Behavior<Command> onProceed(Proceed message) {
        transactions.proceed(message.transaction());
        Behavior<Command> next = this;
        Command waiting = transactions.nextHeldBack();
        while (waiting != null && next == this) {
            next = handle(waiting);
            waiting = transactions.nextHeldBack();
        }
        return next;
    }

    private Behavior<Command> onRelease(Release message) {
        transactions.release(message.transaction());
        return handleDeferred();
    }

    private Behavior<Command> handleDeferred() {
        transactions.takeDeferred().forEach(this::handle);
        return this;
    }

    private Behavior<Command> onWrite(Write message) {
        if (fence.isBroken()) {
            message.listener().failed(fence.failure());
            return this;
        }
        if (transactions.isLocked(message.write().key())) {
            message.listener().decided(new WriteOutcome.Refused(Cancellation.conflict(), 0));
            return this;
        }
        core.durable(fence.durable());
        commit(core.write(message.write(), setting.clock().millis()), message.listener());
        return this;
    }

    private Behavior<Command> onLearn(Learn message) {
        if (fence.isBroken()) {
            message.listener().failed(fence.failure());
            return this;
        }
        core.durable(fence.durable());
        commit(core.learn(message.key(), message.agreed(), setting.clock().millis()), message.listener());
        return this;
    }

    private void commit(WriteOutcome outcome, WriteListener listener) {
        if (!(outcome instanceof WriteOutcome.Written written)) {
            answerOnceDurable(outcome, listener);
            return;
        }
        commit(written.batch(), written.ticket(), new Commit() {
            @Override
            public void durable() {
                setting.durableWrites().durable(id, written.change());
                listener.decided(written);
            }

            @Override
            public void failed(Throwable failure) {
                listener.failed(failure);
            }
        });
    }

    /** An answer that tells of a write not yet durable waits for it: an empty batch completes after all before it. */
    private void answerOnceDurable(WriteOutcome outcome, WriteListener listener) {
        long ticket = outcome instanceof WriteOutcome.Refused refused
                ? refused.ticket()
                : ((WriteOutcome.Unchanged) outcome).ticket();
        if (ticket <= fence.durable()) {
            listener.decided(outcome);
            return;
        }
        commit(new WriteBatch(), ticket, new Commit() {
            @Override
            public void durable() {
                listener.decided(outcome);
            }

            @Override
            public void failed(Throwable failure) {
                listener.failed(failure);
            }
        });
    }

    private Behavior<Command> onApply(Apply message) {
        if (pacing.holds(message, setting.rules().allowance().pauseMillis(table, id.partition()))) {
            return this;
        }
        return transactions.defers(message, message.records(), record -> new ItemKey(record.key()))
                ? this
                : applying(
                        message.replyTo(),
                        message.tag(),
                        () -> core.apply(
                                message.origin(),
                                message.records(),
                                setting.clock().millis()));
    }

    /** Comes first of all, for what an earlier life left to be done; again and again where indexes are behind by design. */
    private Behavior<Command> onSettleIndexes() {
        long delay = setting.rules().indexDelayMillis();
        if (delay > 0) {
            Duration pause = Duration.ofMillis(Math.max(SETTLE_MILLIS_MIN, delay / 4));
            getContext().scheduleOnce(pause, self, SettleIndexes.INSTANCE);
        }
        return settleIndexes();
    }

    private Behavior<Command> settleIndexes() {
        if (fence.isBroken()) {
            return this;
        }
        core.durable(fence.durable());
        ApplyOutcome.Merged settled =
                (ApplyOutcome.Merged) core.settleIndexes(setting.clock().millis());
        if (settled.batch().isEmpty()) {
            return this;
        }
        commit(settled.batch(), settled.ticket(), new Commit() {
            @Override
            public void durable() {
                // The rest, if there is one, comes the next time.
            }

            @Override
            public void failed(Throwable failure) {
                // What could not be written is still to be done once the partition has recovered.
            }
        });
        return setting.rules().indexDelayMillis() > 0 ? this : settleIndexes();
    }

    private Behavior<Command> onPaced() {
        List<Apply> waiting = pacing.take();
        waiting.forEach(this::handle);
        return this;
    }

    private Behavior<Command> onMerge(Merge message) {
        return transactions.defers(message, message.rows(), row -> new ItemKey(row.key()))
                ? this
                : applying(
                        message.replyTo(),
                        0,
                        () -> core.merge(
                                message.rows(),
                                message.streamed(),
                                setting.clock().millis()));
    }

    private Behavior<Command> onReindex(Reindex message) {
        return applying(message.replyTo(), 0, () -> core.reindex(message.keys()));
    }

    private Behavior<Command> onAdopt(Adopt message) {
        return applying(message.replyTo(), 0, () -> core.adopt(message.origin(), message.sequence()));
    }

    private Behavior<Command> onCollect(Collect message) {
        return applying(message.replyTo(), 0, () -> core.collect(message.stableTime(), message.atMost()));
    }

    private Behavior<Command> onMark(Mark message) {
        message.answer().complete(LogEpoch.written(core.lastSequence()));
        return this;
    }

    private static Behavior<Command> onStop() {
        return Behaviors.stopped();
    }

    private Behavior<Command> applying(
            ActorRef<Applied> replyTo, long tag, java.util.function.Supplier<ApplyOutcome> decision) {
        if (fence.isBroken()) {
            replyTo.tell(new ApplyFailed(id, tag, fence.failure()));
            return this;
        }
        core.durable(fence.durable());
        ApplyOutcome outcome = decision.get();
        if (outcome instanceof ApplyOutcome.Gap gap) {
            replyTo.tell(new Gap(id, tag, gap.checkpoint()));
            return this;
        }
        ApplyOutcome.Merged merged = (ApplyOutcome.Merged) outcome;
        commit(merged.batch(), merged.ticket(), new Commit() {
            @Override
            public void durable() {
                replyTo.tell(new Merged(id, tag, merged));
            }

            @Override
            public void failed(Throwable failure) {
                replyTo.tell(new ApplyFailed(id, tag, failure));
            }
        });
        return this;
    }

    private Behavior<Command> onRename(Rename message) {
        id = message.id();
        return this;
    }

    private Behavior<Command> onReshape(Reshape message) {
        table = message.table();
        core.reshape(table);
        return this;
    }

    /** Every commit under way has ended after a failure: recover, unless the store itself is beyond use. */
    private Behavior<Command> onSettled(Settled message) {
        if (message.fence() == fence && !isFatal(fence.failure())) {
            core = new PartitionCore(id, table, setting.store(), setting.stamps(), setting.rules());
            fence = new CommitFence();
            transactions.forget();
            return handleDeferred();
        }
        return this;
    }

    private static boolean isFatal(Throwable failure) {
        return !(failure instanceof StoreException store) || store.kind() != StoreException.Kind.NO_SPACE;
    }

    /** What to do when a commit has come to its end; runs on the store's thread. */
    private interface Commit {

        void durable();

        void failed(Throwable failure);
    }

    private void commit(WriteBatch batch, long ticket, Commit commit) {
        CommitFence current = fence;
        boolean taken = current.submit(() -> setting.store().commit(batch).whenComplete((done, failure) -> {
            if (failure == null) {
                current.succeeded(ticket);
                commit.durable();
            } else {
                current.failed(failure);
                commit.failed(current.failure());
            }
            if (current.isSettled()) {
                self.tell(new Settled(current));
            }
        }));
        if (!taken) {
            commit.failed(current.failure());
        }
    }
}
