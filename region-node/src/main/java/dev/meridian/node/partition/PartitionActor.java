package dev.meridian.node.partition;

import dev.meridian.conflict.HybridClock;
import dev.meridian.replication.log.LogEpoch;
import dev.meridian.replication.log.MalformedBytesException;
import dev.meridian.storage.OrderedStore;
import dev.meridian.table.definition.TableSchema;
import dev.meridian.table.key.ItemKey;
import dev.meridian.table.operation.Cancellation;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
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
public final class PartitionActor extends AbstractBehavior<PartitionCommand> {

    private record Settled(CommitFence fence) implements PartitionCommand.Own {}

    private enum Paced implements PartitionCommand.Own {
        INSTANCE
    }

    private enum SettleIndexes implements PartitionCommand.Own {
        INSTANCE
    }

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
    public static Behavior<PartitionCommand> create(PartitionId id, TableSchema table, Setting setting) {
        return Behaviors.setup(context -> new PartitionActor(context, id, table, setting));
    }

    private static final long SETTLE_MILLIS_MIN = 10;

    private PartitionId id;
    private final Setting setting;
    private final ActorRef<PartitionCommand> self;
    private TableSchema table;
    private PartitionCore core;
    private final TransactionPart transactions = new TransactionPart();
    private final Pacing pacing;
    private final Commits commits;
    private final Answers answers;

    private PartitionActor(ActorContext<PartitionCommand> context, PartitionId id, TableSchema table, Setting setting) {
        super(context);
        this.id = id;
        this.table = table;
        this.setting = setting;
        this.self = context.getSelf();
        this.commits = new Commits(setting.store(), fence -> self.tell(new Settled(fence)));
        this.answers = new Answers(commits, setting.durableWrites());
        self.tell(SettleIndexes.INSTANCE);
        this.pacing = new Pacing(pause -> context.scheduleOnce(pause, self, Paced.INSTANCE));
        this.core = new PartitionCore(id, table, setting.store(), setting.stamps(), setting.rules());
    }

    @Override
    public Receive<PartitionCommand> createReceive() {
        return newReceiveBuilder()
                .onMessage(PartitionCommand.class, this::receive)
                .build();
    }

    private Behavior<PartitionCommand> receive(PartitionCommand message) {
        return transactions.holdsBack(message) ? this : handle(message);
    }

    private Behavior<PartitionCommand> handle(PartitionCommand message) {
        if (message instanceof PartitionCommand.Decision decision) {
            return onDecision(decision);
        } else if (message instanceof PartitionCommand.Proceed proceed) {
            return onProceed(proceed);
        } else if (message instanceof PartitionCommand.Release release) {
            return onRelease(release);
        } else if (message instanceof PartitionCommand.Mark mark) {
            return onMark(mark);
        } else if (message instanceof PartitionCommand.Rename rename) {
            return onRename(rename);
        } else if (message instanceof PartitionCommand.Reshape reshape) {
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

    /** One that throws is answered with that, and everything decided since the last commit is thrown away: the partition lives on. */
    private Behavior<PartitionCommand> onDecision(PartitionCommand.Decision message) {
        if (commits.fence().isBroken()) {
            message.failed(id, commits.fence().failure());
            return this;
        }
        core.durable(commits.fence().durable());
        try {
            decide(message);
        } catch (RuntimeException failure) {
            getContext().getLog().error("a decision of {} failed", id, failure);
            commits.undecided(failure);
            message.failed(id, failure);
        }
        return this;
    }

    private void decide(PartitionCommand.Decision message) {
        if (message instanceof PartitionCommand.Write write) {
            onWrite(write);
        } else if (message instanceof PartitionCommand.Apply apply) {
            onApply(apply);
        } else if (message instanceof PartitionCommand.Learn learn) {
            onLearn(learn);
        } else if (message instanceof PartitionCommand.Prepare prepare) {
            onPrepare(prepare);
        } else if (message instanceof PartitionCommand.Execute execute) {
            onExecute(execute);
        } else if (message instanceof PartitionCommand.Merge merge) {
            onMerge(merge);
        } else if (message instanceof PartitionCommand.Reindex reindex) {
            onReindex(reindex);
        } else if (message instanceof PartitionCommand.Adopt adopt) {
            onAdopt(adopt);
        } else if (message instanceof PartitionCommand.Collect collect) {
            onCollect(collect);
        }
    }

    private void onPrepare(PartitionCommand.Prepare message) {
        message.answer().complete(transactions.prepare(core, message));
    }

    private void onExecute(PartitionCommand.Execute message) {
        if (transactions.prepared(message.transaction()).isEmpty()) {
            message.answer().completeExceptionally(new IllegalStateException("the partition has recovered since"));
            return;
        }
        CommitFence current = commits.fence();
        TransactionPart.Decided decided =
                transactions.decide(core, message.transaction(), setting.clock().millis());
        message.answer().complete(answers.share(id, decided, () -> self.tell(new Settled(current))));
    }

    private Behavior<PartitionCommand> onProceed(PartitionCommand.Proceed message) {
        transactions.proceed(message.transaction());
        Behavior<PartitionCommand> next = this;
        PartitionCommand waiting = transactions.nextHeldBack();
        while (waiting != null && next == this) {
            next = handle(waiting);
            waiting = transactions.nextHeldBack();
        }
        return next;
    }

    private Behavior<PartitionCommand> onRelease(PartitionCommand.Release message) {
        transactions.release(message.transaction());
        return handleDeferred();
    }

    private Behavior<PartitionCommand> handleDeferred() {
        transactions.takeDeferred().forEach(this::handle);
        return this;
    }

    private void onWrite(PartitionCommand.Write message) {
        if (transactions.isLocked(message.write().key())) {
            message.listener().decided(new WriteOutcome.Refused(Cancellation.conflict(), 0));
            return;
        }
        answers.of(id, core.write(message.write(), setting.clock().millis()), message.listener());
    }

    private void onLearn(PartitionCommand.Learn message) {
        answers.of(
                id, core.learn(message.key(), message.agreed(), setting.clock().millis()), message.listener());
    }

    private void onApply(PartitionCommand.Apply message) {
        Optional<String> senseless = Senseless.records(message.records());
        if (senseless.isPresent()) {
            message.failed(id, new MalformedBytesException(senseless.get()));
            return;
        }
        long pauseMillis = setting.rules().allowance().pauseMillis(table, id.partition());
        boolean waits = pacing.holds(message, pauseMillis)
                || transactions.defers(message, message.records(), record -> new ItemKey(record.key()));
        if (!waits) {
            answers.of(
                    id,
                    core.apply(
                            message.origin(), message.records(), setting.clock().millis()),
                    message);
        }
    }

    private void onMerge(PartitionCommand.Merge message) {
        Optional<String> senseless = Senseless.rows(message.rows());
        if (senseless.isPresent()) {
            message.failed(id, new MalformedBytesException(senseless.get()));
        } else if (!transactions.defers(message, message.rows(), row -> new ItemKey(row.key()))) {
            answers.of(
                    id,
                    core.merge(
                            message.rows(), message.streamed(), setting.clock().millis()),
                    message);
        }
    }

    private void onReindex(PartitionCommand.Reindex message) {
        answers.of(id, core.reindex(message.keys()), message);
    }

    private void onAdopt(PartitionCommand.Adopt message) {
        answers.of(id, core.adopt(message.origin(), message.sequence()), message);
    }

    private void onCollect(PartitionCommand.Collect message) {
        answers.of(id, core.collect(message.stableTime(), message.atMost()), message);
    }

    /** Comes first of all, for what an earlier life left to be done; again and again where indexes are behind by design. */
    private Behavior<PartitionCommand> onSettleIndexes() {
        long delay = setting.rules().indexDelayMillis();
        if (delay > 0) {
            Duration pause = Duration.ofMillis(Math.max(SETTLE_MILLIS_MIN, delay / 4));
            getContext().scheduleOnce(pause, self, SettleIndexes.INSTANCE);
        }
        return settleIndexes();
    }

    private Behavior<PartitionCommand> settleIndexes() {
        if (commits.fence().isBroken()) {
            return this;
        }
        core.durable(commits.fence().durable());
        ApplyOutcome.Merged settled =
                (ApplyOutcome.Merged) core.settleIndexes(setting.clock().millis());
        if (settled.batch().isEmpty()) {
            return this;
        }
        answers.unheard(settled);
        return setting.rules().indexDelayMillis() > 0 ? this : settleIndexes();
    }

    private Behavior<PartitionCommand> onPaced() {
        List<PartitionCommand.Apply> waiting = pacing.take();
        waiting.forEach(this::handle);
        return this;
    }

    private Behavior<PartitionCommand> onMark(PartitionCommand.Mark message) {
        message.answer().complete(LogEpoch.written(core.lastSequence()));
        return this;
    }

    private Behavior<PartitionCommand> onRename(PartitionCommand.Rename message) {
        id = message.id();
        return this;
    }

    private Behavior<PartitionCommand> onReshape(PartitionCommand.Reshape message) {
        table = message.table();
        core.reshape(table);
        return this;
    }

    /** Every commit under way has ended after a failure: recover, unless the store itself is beyond use. */
    private Behavior<PartitionCommand> onSettled(Settled message) {
        if (commits.startsOver(message.fence())) {
            core = new PartitionCore(id, table, setting.store(), setting.stamps(), setting.rules());
            transactions.forget();
            return handleDeferred();
        }
        return this;
    }

    private static Behavior<PartitionCommand> onStop() {
        return Behaviors.stopped();
    }
}
