package dev.meridian.replication.follower;

import dev.meridian.replication.link.PartitionRef;
import dev.meridian.replication.link.PullAnswer;
import dev.meridian.replication.link.PullRequest;
import dev.meridian.replication.log.ChangeRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Follows one peer. Opens a session at the checkpoints, keeps a window of pulls parked at the peer, brings the answers
 * into their order and hands their records on. Anything amiss — an answer lost, a gap, a partition that could not apply —
 * ends the session; the next one opens at the durable checkpoints, so nothing is lost and what comes twice is passed over.
 * A step machine: inputs in, effects out, time as an argument; not thread-safe.
 */
public final class Follower {

    /** How long a pull may lie parked before the follower asks again. */
    public static final long PULL_MILLIS_MAX = 20_000;

    private static final int WINDOW_MAX = 24;
    private static final int WINDOW_MIN = 2;
    /** A round trip of less than this needs no more than the least window. */
    private static final int SPACING_MILLIS = 6;

    private static final int ANSWER_BYTES_MAX = 128 << 10;
    /**
     * Bytes handed on and not yet applied, past which no more pulls are made. What is on its way is to die young: with four times as
     * much, the collector's old generation filled up with it again and again.
     */
    private static final int UNAPPLIED_BYTES_MAX = 512 << 10;

    /** An answer that is missing for so long, while later ones are here, will not come any more. */
    private static final long WAITING_MILLIS_MAX = 3_000;

    private static final long BACK_OFF_MILLIS_MIN = 20;
    private static final long BACK_OFF_MILLIS_MAX = 200;

    /** What is to be done. */
    public sealed interface Effect {

        /** Send that pull; report {@link #answered} or {@link #failed} with the token. */
        record Pull(long token, PullRequest request) implements Effect {}

        /** Give the records to their partition; report {@link #applied} or {@link #refused}. */
        record Hand(long session, PartitionRef partition, List<ChangeRecord> records) implements Effect {}

        /** Call {@link #tick} at that time. */
        record Wake(long atMillis) implements Effect {}
    }

    /** Where the partitions that are followed stand, durably. */
    @FunctionalInterface
    public interface Checkpoints {

        /** Every partition this peer replicates to us, and the highest sequence of the peer applied; empty: nothing yet. */
        Map<PartitionRef, Long> read();
    }

    /** What the follower is about. */
    public enum Phase {
        IDLE,
        OPENING,
        STREAMING,
        BACKING_OFF
    }

    private final Checkpoints checkpoints;
    private final Map<Long, Long> underWay = new HashMap<>();
    private final TreeMap<Long, PullAnswer> early = new TreeMap<>();
    private Phase phase = Phase.IDLE;
    private long session;
    private long nextToken;
    private long nextSerial;
    private long wakeAtMillis;
    private long backOffMillis = BACK_OFF_MILLIS_MIN;
    private long roundTripMillis;
    private int unapplied;
    private long unappliedBytes;
    private long applied;
    /** How many applied records the last pull told the peer of. */
    private long told;

    private long waitingSinceMillis;

    /** {@code firstSession} must be greater than any that an earlier life of this follower used. */
    public Follower(Checkpoints checkpoints, long firstSession) {
        this.checkpoints = checkpoints;
        this.session = firstSession;
    }

    public Phase phase() {
        return phase;
    }

    /** Starts, or starts over because the partitions to follow have changed. */
    public List<Effect> restart(long nowMillis) {
        return open(nowMillis);
    }

    /** Time has passed. */
    public List<Effect> tick(long nowMillis) {
        boolean due = (phase == Phase.BACKING_OFF || phase == Phase.IDLE) && nowMillis >= wakeAtMillis;
        return due ? open(nowMillis) : List.of();
    }

    /** A pull was answered. */
    public List<Effect> answered(long token, PullAnswer answer, long nowMillis) {
        Long sentMillis = underWay.remove(token);
        if (answer.session() != session) {
            return List.of();
        }
        if (answer.reset()) {
            return backOff(nowMillis);
        }
        if (phase == Phase.OPENING) {
            // The peer answers the pull that opens a session at once, so this is the link's round trip.
            roundTripMillis = sentMillis == null ? roundTripMillis : nowMillis - sentMillis;
            phase = Phase.STREAMING;
        }
        if (answer.serial() < nextSerial) {
            return List.of();
        }
        if (answer.chunks().isEmpty()) {
            backOffMillis = BACK_OFF_MILLIS_MIN;
        }
        early.put(answer.serial(), answer);
        List<Effect> effects = new ArrayList<>();
        for (PullAnswer next = early.remove(nextSerial); next != null; next = early.remove(nextSerial)) {
            nextSerial++;
            for (PullAnswer.Chunk chunk : next.chunks()) {
                unapplied++;
                unappliedBytes += bytes(chunk.records());
                effects.add(new Effect.Hand(session, chunk.partition(), chunk.records()));
            }
        }
        if (early.isEmpty()) {
            waitingSinceMillis = nowMillis;
        } else if (nowMillis - waitingSinceMillis > WAITING_MILLIS_MAX) {
            effects.addAll(backOff(nowMillis));
        }
        pullMore(nowMillis, effects);
        return effects;
    }

    /** A pull came to nothing. */
    public List<Effect> failed(long token, long nowMillis) {
        return underWay.remove(token) == null ? List.of() : backOff(nowMillis);
    }

    /** These records, handed on together, are durable. */
    public List<Effect> applied(long handedInSession, List<ChangeRecord> records, long nowMillis) {
        if (handedInSession != session) {
            return List.of();
        }
        backOffMillis = BACK_OFF_MILLIS_MIN;
        unapplied--;
        unappliedBytes -= bytes(records);
        applied += records.size();
        List<Effect> effects = new ArrayList<>();
        pullMore(nowMillis, effects);
        boolean isDone = phase == Phase.STREAMING && unapplied == 0 && told < applied;
        if (isDone && underWay.size() <= window()) {
            // One more than the window, which the next answer makes up for: the peer is to know at once.
            pull(Map.of(), nowMillis, effects);
        }
        return effects;
    }

    /** Records handed on were not applied. */
    public List<Effect> refused(long handedInSession, long nowMillis) {
        return handedInSession == session ? backOff(nowMillis) : List.of();
    }

    private List<Effect> open(long nowMillis) {
        session++;
        underWay.clear();
        early.clear();
        nextSerial = 0;
        unapplied = 0;
        unappliedBytes = 0;
        applied = 0;
        waitingSinceMillis = nowMillis;
        Map<PartitionRef, Long> positions = checkpoints.read();
        List<Effect> effects = new ArrayList<>();
        if (positions.isEmpty()) {
            phase = Phase.IDLE;
            return effects;
        }
        phase = Phase.OPENING;
        pull(positions, nowMillis, effects);
        return effects;
    }

    private List<Effect> backOff(long nowMillis) {
        session++;
        underWay.clear();
        early.clear();
        phase = Phase.BACKING_OFF;
        wakeAtMillis = nowMillis + backOffMillis;
        backOffMillis = Math.min(BACK_OFF_MILLIS_MAX, backOffMillis * 2);
        List<Effect> effects = new ArrayList<>();
        effects.add(new Effect.Wake(wakeAtMillis));
        return effects;
    }

    private void pullMore(long nowMillis, List<Effect> effects) {
        while (phase == Phase.STREAMING && underWay.size() < window() && unappliedBytes < UNAPPLIED_BYTES_MAX) {
            pull(Map.of(), nowMillis, effects);
        }
    }

    private static long bytes(List<ChangeRecord> records) {
        return records.stream().mapToLong(ChangeRecord::bytes).sum();
    }

    private int window() {
        return (int) Math.max(WINDOW_MIN, Math.min(WINDOW_MAX, roundTripMillis / SPACING_MILLIS + 1));
    }

    private void pull(Map<PartitionRef, Long> positions, long nowMillis, List<Effect> effects) {
        long token = nextToken++;
        underWay.put(token, nowMillis);
        told = applied;
        int spacing = roundTripMillis < SPACING_MILLIS ? 0 : (int) (roundTripMillis / window());
        effects.add(new Effect.Pull(token, new PullRequest(session, positions, applied, spacing, ANSWER_BYTES_MAX)));
    }
}
