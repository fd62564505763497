package dev.meridian.node.replication;

import dev.meridian.replication.link.PartitionRef;
import dev.meridian.replication.link.PullAnswer;
import dev.meridian.replication.link.PullRequest;
import dev.meridian.replication.source.LogSource;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/** The shell of {@link LogSource}: one a region, child of the region's guardian. Holds nothing that must survive. */
public final class SourceActor extends AbstractBehavior<SourceActor.Command> {

    private static final Duration TICK = Duration.ofSeconds(1);

    public sealed interface Command {}

    /** A peer pulls. */
    public record Pull(String from, PullRequest request, CompletableFuture<byte[]> answer) implements Command {}

    /** A partition has opened; its log is durable up to there. */
    public record Open(PartitionRef partition, long sequence) implements Command {}

    /** A partition is gone. */
    public record Close(PartitionRef partition) implements Command {}

    /** Logs have grown: look at the board. */
    public enum Grown implements Command {
        INSTANCE
    }

    /** What a peer has not confirmed, by table. */
    public record Pending(String peer, CompletableFuture<Map<String, LogSource.Backlog>> answer) implements Command {}

    private enum Tick implements Command {
        INSTANCE
    }

    /** Creates the actor. */
    public static Behavior<Command> create(LogSource.Log log, DurableBoard board, LongSupplier ticks) {
        return Behaviors.setup(
                context -> Behaviors.withTimers(timers -> new SourceActor(context, timers, log, board, ticks)));
    }

    private final TimerScheduler<Command> timers;
    private final LogSource source;
    private final DurableBoard board;
    private final LongSupplier ticks;
    private final Map<Long, CompletableFuture<byte[]>> pulls = new HashMap<>();
    private final Complaints complaints = new Complaints();
    private long nextToken;

    private SourceActor(
            ActorContext<Command> context,
            TimerScheduler<Command> timers,
            LogSource.Log log,
            DurableBoard board,
            LongSupplier ticks) {
        super(context);
        this.timers = timers;
        this.source = new LogSource(log);
        this.board = board;
        this.ticks = ticks;
        timers.startTimerWithFixedDelay("tick", Tick.INSTANCE, TICK);
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onMessage(Pull.class, this::onPull)
                .onMessage(Open.class, this::onOpen)
                .onMessage(Close.class, this::onClose)
                .onMessage(Grown.class, this::onGrown)
                .onMessage(Pending.class, this::onPending)
                .onMessage(Tick.class, this::onTick)
                .build();
    }

    private Behavior<Command> onPull(Pull message) {
        long token = nextToken++;
        pulls.put(token, message.answer());
        try {
            return run(source.pull(message.from(), token, message.request(), ticks.getAsLong()));
        } catch (RuntimeException failure) {
            complain(message.from(), failure);
            pulls.remove(token);
            message.answer().completeExceptionally(failure);
            return run(source.dismiss(message.from()));
        }
    }

    /** What a machine in the middle of several sessions leaves half done is begun anew by all of them. */
    private Behavior<Command> runForAll(Supplier<List<LogSource.Effect>> step) {
        try {
            return run(step.get());
        } catch (RuntimeException failure) {
            complain("everybody", failure);
            return run(source.dismissAll());
        }
    }

    private void complain(String follower, RuntimeException failure) {
        if (complaints.isNews(follower, failure.toString())) {
            getContext().getLog().error("the log could not be read for {}", follower, failure);
        }
    }

    private Behavior<Command> onOpen(Open message) {
        source.open(message.partition(), message.sequence());
        return this;
    }

    private Behavior<Command> onClose(Close message) {
        source.close(message.partition());
        return this;
    }

    private Behavior<Command> onGrown(Grown message) {
        board.take()
                .forEach((partition, sequence) ->
                        runForAll(() -> source.advance(partition, sequence, ticks.getAsLong())));
        return this;
    }

    private Behavior<Command> onPending(Pending message) {
        try {
            message.answer().complete(source.backlog(message.peer()));
        } catch (RuntimeException failure) {
            complain(message.peer(), failure);
            message.answer().completeExceptionally(failure);
        }
        return this;
    }

    private Behavior<Command> onTick(Tick message) {
        return runForAll(() -> source.tick(ticks.getAsLong()));
    }

    private Behavior<Command> run(List<LogSource.Effect> effects) {
        for (LogSource.Effect effect : effects) {
            if (effect instanceof LogSource.Effect.Reply reply) {
                CompletableFuture<byte[]> pull = pulls.remove(reply.token());
                PullAnswer answer = reply.answer();
                if (pull != null) {
                    pull.complete(answer.encode());
                }
            } else if (effect instanceof LogSource.Effect.Wake wake) {
                timers.startSingleTimer(
                        "wake", Tick.INSTANCE, Duration.ofMillis(Math.max(1, wake.atMillis() - ticks.getAsLong())));
            }
        }
        return this;
    }
}
