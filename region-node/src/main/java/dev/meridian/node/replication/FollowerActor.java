package dev.meridian.node.replication;

import dev.meridian.conflict.HybridTimestamp;
import dev.meridian.node.partition.Applied;
import dev.meridian.node.partition.ApplyOutcome;
import dev.meridian.node.partition.PartitionCommand;
import dev.meridian.replication.follower.Follower;
import dev.meridian.replication.link.Link;
import dev.meridian.replication.link.LinkRequest;
import dev.meridian.replication.link.PullAnswer;
import dev.meridian.replication.log.ChangeRecord;
import dev.meridian.replication.log.MalformedBytesException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.jspecify.annotations.Nullable;

/** The shell of {@link Follower}: one a peer, child of the region's guardian. Starts over from the checkpoints. */
public final class FollowerActor extends AbstractBehavior<FollowerActor.Command> {

    private static final long PULL_TIMEOUT_MILLIS = Follower.PULL_MILLIS_MAX + 5_000;

    public sealed interface Command {}

    /** The tables shared with the peer may have changed. */
    public enum Refresh implements Command {
        INSTANCE
    }

    private record Answered(
            long token, byte @Nullable [] answer, @Nullable Throwable failure) implements Command {}

    private record PartitionAnswered(Applied applied) implements Command {}

    private enum Tick implements Command {
        INSTANCE
    }

    /**
     * What a follower needs.
     *
     * @param clock the region's wall clock, which lag is read from
     * @param ticks milliseconds of a clock that never jumps, for everything that waits
     * @param gap told of a table of which the peer's log lacks records that this region needs
     */
    public record Setting(
            String peer,
            Link link,
            OpenTables tables,
            Follower.Checkpoints checkpoints,
            InstantSource clock,
            LongSupplier ticks,
            FollowerFigures figures,
            Consumer<String> gap) {}

    /** Creates the actor; it starts to pull at once. */
    public static Behavior<Command> create(Setting setting) {
        return Behaviors.setup(context -> Behaviors.withTimers(timers -> new FollowerActor(context, timers, setting)));
    }

    private record Handed(long session, String globalTable, List<ChangeRecord> records) {}

    private final TimerScheduler<Command> timers;
    private final Setting setting;
    private final Follower follower;
    private final ActorRef<Applied> fromPartitions;
    private final Map<Long, Handed> handed = new HashMap<>();
    private final Complaints complaints = new Complaints();
    private long nextTag;

    private FollowerActor(ActorContext<Command> context, TimerScheduler<Command> timers, Setting setting) {
        super(context);
        this.timers = timers;
        this.setting = setting;
        this.follower = new Follower(setting.checkpoints(), setting.ticks().getAsLong());
        this.fromPartitions = context.messageAdapter(Applied.class, PartitionAnswered::new);
        run(follower.restart(setting.ticks().getAsLong()));
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onMessage(Refresh.class, this::onRefresh)
                .onMessage(Answered.class, this::onAnswered)
                .onMessage(PartitionAnswered.class, this::onPartitionAnswered)
                .onMessage(Tick.class, this::onTick)
                .build();
    }

    private Behavior<Command> onRefresh(Refresh message) {
        return run(follower.restart(setting.ticks().getAsLong()));
    }

    private Behavior<Command> onAnswered(Answered message) {
        long now = setting.ticks().getAsLong();
        byte[] bytes = message.answer();
        if (bytes == null) {
            return run(follower.failed(message.token(), now));
        }
        try {
            return run(follower.answered(message.token(), PullAnswer.decode(bytes), now));
        } catch (MalformedBytesException garbled) {
            complain(setting.peer(), "answered with malformed bytes: " + garbled.getMessage());
            return run(follower.failed(message.token(), now));
        }
    }

    private Behavior<Command> onPartitionAnswered(PartitionAnswered message) {
        Applied answer = message.applied();
        Handed records = handed.remove(answer.tag());
        if (records == null) {
            return this;
        }
        long now = setting.ticks().getAsLong();
        if (answer instanceof Applied.Merged merged) {
            complaints.withdraw(answer.partition());
            long wall = setting.clock().millis();
            ApplyOutcome.Merged outcome = merged.outcome();
            setting.figures().count(records.globalTable(), outcome, records.records());
            for (ChangeRecord record : records.records()) {
                setting.figures()
                        .lag(
                                records.globalTable(),
                                wall
                                        - HybridTimestamp.millis(
                                                record.stamp().version().timestamp()));
            }
            return run(follower.applied(records.session(), records.records(), now));
        }
        if (answer instanceof Applied.Gap) {
            setting.gap().accept(records.globalTable());
        } else if (answer instanceof Applied.Failed failed) {
            complain(answer.partition(), "its records could not be applied: " + failed.failure());
        }
        return run(follower.refused(records.session(), now));
    }

    private void complain(Object about, String what) {
        if (complaints.isNews(about, what)) {
            getContext().getLog().warn("{}, {}: {}", setting.peer(), about, what);
        }
    }

    private Behavior<Command> onTick(Tick message) {
        return run(follower.tick(setting.ticks().getAsLong()));
    }

    private Behavior<Command> run(List<Follower.Effect> effects) {
        setting.figures().phase(follower.phase().name().toLowerCase(Locale.ROOT).replace('_', '-'));
        for (Follower.Effect effect : effects) {
            if (effect instanceof Follower.Effect.Pull pull) {
                send(pull);
            } else if (effect instanceof Follower.Effect.Hand hand) {
                hand(hand);
            } else if (effect instanceof Follower.Effect.Wake wake) {
                long delay = Math.max(1, wake.atMillis() - setting.ticks().getAsLong());
                timers.startSingleTimer("wake", Tick.INSTANCE, Duration.ofMillis(delay));
            }
        }
        return this;
    }

    private void send(Follower.Effect.Pull pull) {
        LinkRequest request =
                new LinkRequest(LinkRequest.Kind.PULL, pull.request().encode(), PULL_TIMEOUT_MILLIS);
        ActorRef<Command> self = getContext().getSelf();
        setting.link()
                .exchange(request)
                .whenComplete((answer, failure) -> self.tell(new Answered(pull.token(), answer, failure)));
    }

    private void hand(Follower.Effect.Hand hand) {
        Optional<ActorRef<PartitionCommand>> partition = setting.tables().partition(hand.partition());
        if (partition.isEmpty()) {
            run(follower.refused(hand.session(), setting.ticks().getAsLong()));
            return;
        }
        long tag = nextTag++;
        handed.put(tag, new Handed(hand.session(), hand.partition().globalTable(), hand.records()));
        partition.get().tell(new PartitionCommand.Apply(setting.peer(), hand.records(), tag, fromPartitions));
    }
}
