package dev.meridian.replication.source;

import dev.meridian.conflict.HybridTimestamp;
import dev.meridian.replication.link.PartitionRef;
import dev.meridian.replication.link.PullAnswer;
import dev.meridian.replication.link.PullRequest;
import dev.meridian.replication.log.ChangeRecord;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/**
 * This region's change log as its followers see it. A pull with nothing to answer is parked; when the log grows, the
 * oldest parked pull of each follower is answered. A step machine: inputs in, effects out, time as an argument; not
 * thread-safe.
 *
 * <p>Pulls are named by whoever runs the machine with tokens of its own.
 */
public final class LogSource {

    /** An answer's size, whatever more a follower asks for. */
    private static final int ANSWER_BYTES_MAX = 4 << 20;

    /** More parked pulls than a follower ever has under way: the oldest are then answered with nothing. */
    private static final int PARKED_MAX = 64;

    /** A pull parked for longer is answered with nothing, so that its follower knows the link lives. */
    private static final long PARKED_MILLIS_MAX = 8_000;

    /** What is to be done. */
    public sealed interface Effect {

        /** Answer that pull. */
        record Reply(long token, PullAnswer answer) implements Effect {}

        /** Call {@link LogSource#tick} at that time. */
        record Wake(long atMillis) implements Effect {}
    }

    /** Reads this region's own change records. */
    @FunctionalInterface
    public interface Log {

        /** Records after a sequence up to and including another, no more than about that many bytes, in order. */
        List<ChangeRecord> read(PartitionRef partition, long after, long upTo, int bytesMax);
    }

    private final Log log;
    private final Map<PartitionRef, Long> durable = new HashMap<>();
    private final Map<String, Session> sessions = new LinkedHashMap<>();

    public LogSource(Log log) {
        this.log = log;
    }

    /** The partition exists here, and its log is durable up to that sequence. */
    public void open(PartitionRef partition, long sequence) {
        durable.merge(partition, sequence, Math::max);
    }

    /** The partition is gone. */
    public void close(PartitionRef partition) {
        durable.remove(partition);
    }

    /** A follower's pull has arrived. */
    public List<Effect> pull(String follower, long token, PullRequest request, long nowMillis) {
        List<Effect> effects = new ArrayList<>();
        Session session = sessions.get(follower);
        if (request.opens()) {
            if (session != null) {
                session.dismiss(effects);
            }
            session = new Session(request.session(), request.positions());
            sessions.put(follower, session);
        } else if (session == null || session.id != request.session()) {
            effects.add(new Effect.Reply(token, PullAnswer.reset(request.session())));
            return effects;
        }
        session.park(token, request, nowMillis, effects);
        session.answer(nowMillis, effects);
        if (request.opens()) {
            session.release(Long.MAX_VALUE, effects);
        }
        return effects;
    }

    /** The partition's log is durable up to that sequence. */
    public List<Effect> advance(PartitionRef partition, long sequence, long nowMillis) {
        durable.merge(partition, sequence, Math::max);
        List<Effect> effects = new ArrayList<>();
        for (Session session : sessions.values()) {
            if (session.sent.containsKey(partition)) {
                session.behind.add(partition);
                session.answer(nowMillis, effects);
            }
        }
        return effects;
    }

    /** Time has passed. */
    public List<Effect> tick(long nowMillis) {
        List<Effect> effects = new ArrayList<>();
        for (Session session : sessions.values()) {
            session.answer(nowMillis, effects);
            session.release(nowMillis - PARKED_MILLIS_MAX, effects);
        }
        return effects;
    }

    /** Ends a follower's session: it opens another, from what it has. */
    public List<Effect> dismiss(String follower) {
        List<Effect> effects = new ArrayList<>();
        Session session = sessions.remove(follower);
        if (session != null) {
            session.dismiss(effects);
        }
        return effects;
    }

    /** Ends every session. */
    public List<Effect> dismissAll() {
        return List.copyOf(sessions.keySet()).stream()
                .flatMap(follower -> dismiss(follower).stream())
                .toList();
    }

    /** What a follower has not confirmed, of the tables it follows; one without a backlog is among them. */
    public Map<String, Backlog> backlog(String follower) {
        Session session = sessions.get(follower);
        return session == null ? Map.of() : session.backlog();
    }

    /**
     * What of a table's durable records a follower has not confirmed. Confirmations are counts, so among records sent at about the
     * same time it may be off by what is on its way.
     *
     * @param oldestMillis when the oldest of them was written, by the writer's hybrid clock; {@link #NOTHING} where there is none
     */
    public record Backlog(long records, long oldestMillis) {

        public static final long NOTHING = Long.MAX_VALUE;

        static final Backlog EMPTY = new Backlog(0, NOTHING);

        Backlog plus(long more, long since) {
            return new Backlog(records + more, Math.min(oldestMillis, since));
        }
    }

    /** Records of one partition that are on their way. */
    private record Sent(PartitionRef partition, List<Long> writtenMillis) {}

    private record Parked(long token, long sinceMillis) {}

    /** One follower's run of pulls. */
    private final class Session {

        private final long id;
        private final ArrayDeque<Sent> onTheWay = new ArrayDeque<>();
        private final Map<PartitionRef, Long> sent;
        private final LinkedHashSet<PartitionRef> behind = new LinkedHashSet<>();
        private final ArrayDeque<Parked> parked = new ArrayDeque<>();
        private long serial;
        private long lastAnswerMillis = Long.MIN_VALUE / 2;
        private int spacingMillis;
        private int bytesMax;
        private long applied;

        Session(long id, Map<PartitionRef, Long> positions) {
            this.id = id;
            this.sent = new HashMap<>(positions);
            positions.forEach((partition, sequence) -> {
                if (durable.getOrDefault(partition, 0L) > sequence) {
                    behind.add(partition);
                }
            });
        }

        void park(long token, PullRequest request, long nowMillis, List<Effect> effects) {
            confirm(request.applied());
            spacingMillis = request.spacingMillis();
            bytesMax = Math.min(request.bytesMax(), ANSWER_BYTES_MAX);
            parked.add(new Parked(token, nowMillis));
            if (parked.size() > PARKED_MAX) {
                effects.add(reply(List.of()));
            }
        }

        /** The first so many records that were sent have been applied. */
        private void confirm(long upTo) {
            while (!onTheWay.isEmpty()
                    && applied + onTheWay.element().writtenMillis().size() <= upTo) {
                applied += onTheWay.remove().writtenMillis().size();
            }
        }

        Map<String, Backlog> backlog() {
            Map<String, Backlog> tables = new HashMap<>();
            sent.forEach((partition, upTo) -> {
                long last = durable.getOrDefault(partition, 0L);
                List<ChangeRecord> next = upTo >= last ? List.of() : log.read(partition, upTo, last, 1);
                // A log may begin far behind what a follower has of an earlier one: what is not there is not pending.
                long unsent = next.isEmpty() ? 0 : last - next.get(0).sequence() + 1;
                long since = next.isEmpty() ? Backlog.NOTHING : writtenMillis(next.get(0));
                tables.merge(
                        partition.globalTable(),
                        Backlog.EMPTY.plus(unsent, since),
                        (one, other) -> one.plus(other.records(), other.oldestMillis()));
            });
            for (Sent chunk : onTheWay) {
                tables.merge(
                        chunk.partition().globalTable(),
                        new Backlog(
                                chunk.writtenMillis().size(),
                                chunk.writtenMillis().get(0)),
                        (one, other) -> one.plus(other.records(), other.oldestMillis()));
            }
            return tables;
        }

        void dismiss(List<Effect> effects) {
            parked.forEach(pull -> effects.add(new Effect.Reply(pull.token(), PullAnswer.reset(id))));
            parked.clear();
        }

        /** Answers with nothing what has been parked since before then. */
        void release(long beforeMillis, List<Effect> effects) {
            while (!parked.isEmpty() && parked.element().sinceMillis() < beforeMillis) {
                effects.add(reply(List.of()));
            }
        }

        private Effect.Reply reply(List<PullAnswer.Chunk> chunks) {
            return new Effect.Reply(parked.remove().token(), new PullAnswer(id, serial++, false, chunks));
        }

        void answer(long nowMillis, List<Effect> effects) {
            while (!parked.isEmpty() && !behind.isEmpty()) {
                if (nowMillis < lastAnswerMillis + spacingMillis) {
                    effects.add(new Effect.Wake(lastAnswerMillis + spacingMillis));
                    return;
                }
                List<PullAnswer.Chunk> chunks = gather();
                if (chunks.isEmpty()) {
                    return;
                }
                lastAnswerMillis = nowMillis;
                effects.add(reply(chunks));
            }
        }

        private List<PullAnswer.Chunk> gather() {
            List<PullAnswer.Chunk> chunks = new ArrayList<>();
            int bytes = 0;
            for (PartitionRef partition : List.copyOf(behind)) {
                if (bytes >= bytesMax) {
                    break;
                }
                long after = sent.getOrDefault(partition, 0L);
                long upTo = durable.getOrDefault(partition, 0L);
                List<ChangeRecord> records =
                        after < upTo ? log.read(partition, after, upTo, bytesMax - bytes) : List.of();
                if (!records.isEmpty()) {
                    chunks.add(new PullAnswer.Chunk(partition, records));
                    onTheWay.add(new Sent(
                            partition,
                            records.stream().map(LogSource::writtenMillis).toList()));
                    after = records.get(records.size() - 1).sequence();
                    sent.put(partition, after);
                    bytes += records.stream().mapToInt(ChangeRecord::bytes).sum();
                }
                if (records.isEmpty() || after >= upTo) {
                    behind.remove(partition);
                }
            }
            return chunks;
        }
    }

    private static long writtenMillis(ChangeRecord record) {
        return HybridTimestamp.millis(record.stamp().version().timestamp());
    }
}
