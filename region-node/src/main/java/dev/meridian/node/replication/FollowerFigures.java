package dev.meridian.node.replication;

import dev.meridian.node.partition.ApplyOutcome;
import dev.meridian.replication.log.ChangeRecord;
import dev.meridian.replication.log.Conflict;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.Histogram;

/** What a follower has received, by table; written by its actor and read by anyone. Counts begin when the region starts. */
public final class FollowerFigures {

    private final Map<String, OfTable> tables = new ConcurrentHashMap<>();
    private volatile String phase = "idle";

    /** Writes that lost to one they did not know, of which kind. */
    public record Loss(String winnerRegion, String loserRegion, Conflict.Rule rule) {}

    /** What was received of one table. */
    public static final class OfTable {

        private static final long LAG_MILLIS_MAX = 24L * 60 * 60 * 1_000;

        private final LongAdder applied = new LongAdder();
        private final LongAdder superseded = new LongAdder();
        private final LongAdder duplicates = new LongAdder();
        private final LongAdder bytes = new LongAdder();
        private final Map<Loss, LongAdder> losses = new ConcurrentHashMap<>();
        private Histogram lag = new Histogram(LAG_MILLIS_MAX, 2);

        public long applied() {
            return applied.sum();
        }

        public long superseded() {
            return superseded.sum();
        }

        public long duplicates() {
            return duplicates.sum();
        }

        /** Of keys and images. */
        public long bytes() {
            return bytes.sum();
        }

        public Map<Loss, LongAdder> losses() {
            return losses;
        }

        /** The lags since the last reset, in milliseconds from write to durable application. */
        public synchronized Histogram lag() {
            return lag.copy();
        }

        private synchronized void lag(long millis) {
            lag.recordValue(Math.max(0, Math.min(LAG_MILLIS_MAX, millis)));
        }

        private synchronized void resetLag() {
            lag = new Histogram(LAG_MILLIS_MAX, 2);
        }

        private void count(ApplyOutcome.Merged outcome, List<ChangeRecord> records) {
            applied.add(outcome.applied());
            superseded.add(outcome.superseded());
            duplicates.add(outcome.duplicates());
            for (ChangeRecord record : records) {
                byte[] image = record.image();
                bytes.add(record.key().length + (image == null ? 0 : image.length));
            }
            for (Conflict conflict : outcome.conflicts()) {
                Loss loss = new Loss(
                        conflict.winner().stamp().version().region(),
                        conflict.loser().stamp().version().region(),
                        conflict.rule());
                losses.computeIfAbsent(loss, none -> new LongAdder()).increment();
            }
        }
    }

    void phase(String name) {
        phase = name;
    }

    /** Counts records that have become durable here. */
    void count(String globalTable, ApplyOutcome.Merged outcome, List<ChangeRecord> records) {
        tables.computeIfAbsent(globalTable, none -> new OfTable()).count(outcome, records);
    }

    void lag(String globalTable, long millis) {
        tables.computeIfAbsent(globalTable, none -> new OfTable()).lag(millis);
    }

    public String phase() {
        return phase;
    }

    /** By the tables' global identifiers. */
    public Map<String, OfTable> tables() {
        return tables;
    }

    /** The lags of all tables together. */
    public Histogram lag() {
        Histogram all = new Histogram(OfTable.LAG_MILLIS_MAX, 2);
        tables.values().forEach(table -> all.add(table.lag()));
        return all;
    }

    /** Starts a new interval. */
    public void resetLag() {
        tables.values().forEach(OfTable::resetLag);
    }
}
