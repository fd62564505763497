package dev.meridian.replication.consensus;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Carries one operation on one item through: a plain state machine whose every input gives effects.
 *
 * <p>The algorithm is CASPaxos. A write prepares a ballot with a majority, takes the value accepted in the greatest ballot
 * as the item's value, makes the new one of it, and has a majority accept that, which promises the proposer's next ballot in the
 * same breath: a proposer that stays needs one round a write ({@link Lead}). A read asks a majority; where all of them
 * accepted the same ballot, its value is the item's, else it prepares and has the value it found accepted anew. Three things
 * are not in the paper:
 *
 * <ul>
 *   <li>A write whose accept was refused may have been taken by one region, and so may become true later. It does not give
 *       up before it has learnt its fate: in the next ballot the value found includes it, or a majority accepts a value that
 *       does not, after which it never will.
 *   <li>It is only {@link Outcome.Overtaken} where another value stands than the one it was made of; a reader that came
 *       between merely costs another ballot.
 *   <li>Who was refused waits for about as long as an attempt takes, so that the other can finish.
 * </ul>
 *
 * <p>Not thread-safe.
 */
public final class Proposer {

    private static final int ATTEMPTS_MAX = 20;
    private static final int FAILURES_MAX = 4;
    private static final long BACKOFF_MILLIS = 4;
    private static final int BACKOFF_DOUBLINGS_MAX = 6;

    /** In one ballot there is one value; what was there before every ballot is not known everywhere. */
    private static final Comparator<Reply.Held> GREATER =
            Comparator.comparing(Reply.Held::accepted).thenComparing(held -> held.value() != null);

    /** What is to be done; the answers to {@link Send} and {@link Wait} come back as inputs. */
    public sealed interface Effect {

        /** Send a message; its end is told by {@link #answered} or {@link #failed} with that exchange. */
        record Send(String acceptor, Message message, long exchange) implements Effect {}

        /** Call {@link #waited} after a while. */
        record Wait(long millis) implements Effect {}

        /** The end. */
        record Done(Outcome outcome) implements Effect {}
    }

    private enum Phase {
        ASKING,
        PREPARING,
        ACCEPTING,
        PAUSED,
        DONE
    }

    /**
     * A value that was sent out to be accepted and may have been, somewhere.
     *
     * @param isFirm whether the value it was made of was asked for, not remembered
     */
    private record Doubt(byte @Nullable [] before, byte[] after, Ballot ballot, boolean isFirm) {}

    private final List<String> acceptors;
    private final int majority;
    private final Change change;
    private final Ballots ballots;
    private final RandomGenerator random;

    private final List<Doubt> doubts = new ArrayList<>();
    private final List<Reply.Held> held = new ArrayList<>();
    private final Set<Long> heardOf = new HashSet<>();
    private Phase phase = Phase.PAUSED;
    private long round;
    private int taken;
    private int refused;
    private int lost;
    private long greatestSeen;
    private Ballot ballot = Ballot.ZERO;
    private Outcome goal = new Outcome.Unreachable();
    private int attempts;
    private int failures;
    private boolean quickRead;
    private Lead.@Nullable Taken remembered;
    private boolean isAhead;
    private Ballot next = Ballot.ZERO;
    private long startedMillis;
    private long roundTripMillis;

    /**
     * @param acceptors the regions that decide, always the same ones for an item
     * @param greatestSeen the counter of the greatest ballot known of, to begin above it; 0 where none is
     */
    public Proposer(List<String> acceptors, Change change, Ballots ballots, long greatestSeen, RandomGenerator random) {
        this(acceptors, acceptors.size() / 2 + 1, change, ballots, greatestSeen, random);
    }

    private Proposer(
            List<String> acceptors,
            int majority,
            Change change,
            Ballots ballots,
            long greatestSeen,
            RandomGenerator random) {
        this.acceptors = List.copyOf(acceptors);
        this.majority = majority;
        this.change = change;
        this.ballots = ballots;
        this.greatestSeen = greatestSeen;
        this.random = random;
        this.quickRead = change == Change.READ;
    }

    /** A proposer all of whose rounds need every acceptor: it leaves each of them with what is agreed on. */
    public static Proposer ofAll(List<String> acceptors, Ballots ballots, RandomGenerator random) {
        return new Proposer(acceptors, acceptors.size(), Change.KEEP, ballots, 0, random);
    }

    /** Lets a write begin with its second round. */
    public Proposer remembering(Lead.Taken lead) {
        remembered = lead;
        return this;
    }

    /** After a write that took place: what its proposer's next one may begin with, or null. */
    public @Nullable Lead lead() {
        return next.equals(Ballot.ZERO) || phase != Phase.DONE ? null : new Lead(ballot, next);
    }

    /** Begins. Times are of a clock that never jumps. */
    public List<Effect> start(long nowMillis) {
        Lead.Taken lead = remembered;
        if (lead != null && change.propose(lead.value()) instanceof Change.Replace replacement) {
            ballot = lead.lead().next();
            isAhead = true;
            return accept(replacement.value(), new Outcome.Replaced(lead.value(), replacement.value()), nowMillis);
        }
        return attempt(nowMillis);
    }

    /** An acceptor has answered; late and doubled answers do no harm. */
    public List<Effect> answered(long exchange, Reply reply, long nowMillis) {
        if (exchange / acceptors.size() != round || !heardOf.add(exchange)) {
            return List.of();
        }
        if (reply instanceof Reply.Refused refusal) {
            greatestSeen = Math.max(greatestSeen, refusal.promised().counter());
            refused++;
        } else if (reply instanceof Reply.Held promise) {
            held.add(promise);
        } else {
            taken++;
        }
        return progress(nowMillis);
    }

    /** An exchange came to nothing; the acceptor may have acted on the message all the same. */
    public List<Effect> failed(long exchange, long nowMillis) {
        if (exchange / acceptors.size() != round || !heardOf.add(exchange)) {
            return List.of();
        }
        lost++;
        return progress(nowMillis);
    }

    /** The time asked for by {@link Effect.Wait} is over. */
    public List<Effect> waited(long nowMillis) {
        return phase == Phase.PAUSED ? attempt(nowMillis) : List.of();
    }

    private List<Effect> attempt(long nowMillis) {
        if (quickRead) {
            return broadcast(Phase.ASKING, new Message.Ask(), nowMillis);
        }
        isAhead = false;
        ballot = ballots.above(greatestSeen);
        return broadcast(Phase.PREPARING, new Message.Prepare(ballot), nowMillis);
    }

    private List<Effect> broadcast(Phase next, Message message, long nowMillis) {
        phase = next;
        round++;
        held.clear();
        heardOf.clear();
        taken = 0;
        refused = 0;
        lost = 0;
        startedMillis = nowMillis;
        List<Effect> effects = new ArrayList<>();
        for (int i = 0; i < acceptors.size(); i++) {
            effects.add(new Effect.Send(acceptors.get(i), message, round * acceptors.size() + i));
        }
        return effects;
    }

    private List<Effect> progress(long nowMillis) {
        if (held.size() + taken >= majority) {
            roundTripMillis = nowMillis - startedMillis;
            return switch (phase) {
                case ASKING -> onHeld(nowMillis);
                case PREPARING -> onPromised(nowMillis);
                case ACCEPTING -> done(goal);
                case PAUSED, DONE -> List.of();
            };
        }
        return acceptors.size() - refused - lost < majority ? onMajorityLost() : List.of();
    }

    private List<Effect> onHeld(long nowMillis) {
        Reply.Held standing = standing();
        if (standing != null) {
            return done(new Outcome.Kept(standing.value()));
        }
        // The last answer may make a majority of one ballot: cheaper than an attempt, which would disturb a writer.
        return heardOf.size() < acceptors.size() ? List.of() : prepareInstead(nowMillis);
    }

    private List<Effect> prepareInstead(long nowMillis) {
        quickRead = false;
        held.forEach(
                reply -> greatestSeen = Math.max(greatestSeen, reply.accepted().counter()));
        return attempt(nowMillis);
    }

    private List<Effect> onPromised(long nowMillis) {
        Reply.Held current = greatest();
        for (Doubt doubt : doubts) {
            if (change.includes(current.value(), doubt.after())) {
                return settle(current, new Outcome.Replaced(doubt.before(), doubt.after()), nowMillis);
            }
        }
        for (Doubt doubt : doubts) {
            if (doubt.isFirm() && !Arrays.equals(doubt.before(), current.value())) {
                return settle(current, new Outcome.Overtaken(), nowMillis);
            }
        }
        if (change.propose(current.value()) instanceof Change.Replace replacement) {
            return accept(replacement.value(), new Outcome.Replaced(current.value(), replacement.value()), nowMillis);
        }
        return settle(current, new Outcome.Kept(current.value()), nowMillis);
    }

    /** Ends with an outcome that holds once a majority has accepted the value found, and nothing doubtful can any more. */
    private List<Effect> settle(Reply.Held current, Outcome outcome, long nowMillis) {
        boolean isSettled = standing() != null
                && doubts.stream().allMatch(doubt -> doubt.ballot().compareTo(current.accepted()) <= 0);
        return isSettled ? done(outcome) : accept(current.value(), outcome, nowMillis);
    }

    private List<Effect> accept(byte @Nullable [] value, Outcome outcome, long nowMillis) {
        goal = outcome;
        boolean isWrite = outcome instanceof Outcome.Replaced replaced && replaced.after() == value;
        next = isWrite ? ballots.above(ballot.counter()) : Ballot.ZERO;
        return broadcast(Phase.ACCEPTING, new Message.Accept(ballot, value, next), nowMillis);
    }

    private List<Effect> onMajorityLost() {
        boolean wasAccepting = phase == Phase.ACCEPTING;
        if (wasAccepting && goal instanceof Outcome.Replaced replaced && isNew(replaced)) {
            doubts.add(new Doubt(replaced.before(), replaced.after(), ballot, !isAhead));
        }
        attempts++;
        failures += lost > 0 ? 1 : 0;
        if (attempts >= ATTEMPTS_MAX || failures >= FAILURES_MAX) {
            return done(givingUp());
        }
        phase = Phase.PAUSED;
        round++;
        boolean wasBehind = attempts == 1 && (!wasAccepting || isAhead) && lost == 0;
        long span = (BACKOFF_MILLIS + roundTripMillis) << Math.min(attempts, BACKOFF_DOUBLINGS_MAX);
        return List.of(new Effect.Wait(wasBehind ? 0 : 1 + random.nextLong(span)));
    }

    private boolean isNew(Outcome.Replaced goalReached) {
        return doubts.stream().noneMatch(doubt -> doubt.after() == goalReached.after());
    }

    private Outcome givingUp() {
        if (!doubts.isEmpty()) {
            return new Outcome.Unknown();
        }
        return failures == 0 && change != Change.READ ? new Outcome.Overtaken() : new Outcome.Unreachable();
    }

    private List<Effect> done(Outcome outcome) {
        phase = Phase.DONE;
        round++;
        return List.of(new Effect.Done(outcome));
    }

    /** What a majority of the answers tells of, in one and the same ballot, or null: that value stands. */
    private Reply.@Nullable Held standing() {
        return held.stream()
                .filter(reply -> held.stream()
                                .filter(other -> other.accepted().equals(reply.accepted()))
                                .count()
                        >= majority)
                .max(GREATER)
                .orElse(null);
    }

    private Reply.Held greatest() {
        return held.stream().max(GREATER).orElseThrow();
    }
}
