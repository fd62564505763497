package dev.meridian.node.stream;

import dev.meridian.node.catalogue.StreamState;
import dev.meridian.node.catalogue.TableState;
import dev.meridian.node.settings.ServiceSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The shards of a stream: each partition's share, cut into spans of time. When a span is over its shard is closed and the
 * partition's next one is its child. Thread-safe.
 */
final class ShardLineage {

    /** Longer than a change may take from being decided to being durable, for it belongs to the shard it was decided in. */
    private static final long SETTLING_MILLIS = Duration.ofMinutes(1).toMillis();

    private final StreamShards rows;
    private final long spanMillis;
    private final long retentionMillis;

    ShardLineage(StreamShards rows, ServiceSettings service) {
        this.rows = rows;
        this.spanMillis = millis(service.number("stream-shard-hours"));
        this.retentionMillis = millis(service.number("stream-retention-hours"));
    }

    private static long millis(double hours) {
        return Math.round(hours * Duration.ofHours(1).toMillis());
    }

    /**
     * One shard.
     *
     * @param span which span of time it is, from 0
     * @param first the sequence of its first row, there or to come
     * @param end the sequence after its last row; {@link Long#MAX_VALUE} while it is open
     */
    record Shard(StreamState stream, int partition, long span, long spanMillis, long first, long end) {

        String id() {
            return StreamNames.shard(stream.startedMillis() + span * spanMillis, partition);
        }

        boolean isClosed() {
            return end != Long.MAX_VALUE;
        }

        /** The shard before it in the partition; empty for the first of all. */
        Optional<String> parent() {
            return span == 0
                    ? Optional.empty()
                    : Optional.of(new Shard(stream, partition, span - 1, spanMillis, 0, 0).id());
        }
    }

    /** What is older may not be read any more. */
    long horizonMillis(long nowMillis) {
        return nowMillis - retentionMillis;
    }

    /** All shards with something that may still be read, or to come, in the order of their identifiers. */
    List<Shard> of(TableState table, StreamState stream, long nowMillis) {
        List<Shard> shards = new ArrayList<>();
        long last = span(stream, stream.isOn() ? nowMillis : stream.endedMillis());
        for (long span = Math.min(last, span(stream, horizonMillis(nowMillis))); span <= last; span++) {
            for (int partition = 0; partition < table.partitionCount(); partition++) {
                shards.add(shard(table, stream, partition, span, nowMillis));
            }
        }
        return shards;
    }

    /** The shard of that identifier, if it is one of {@link #of}. */
    Optional<Shard> find(TableState table, StreamState stream, String id, long nowMillis) {
        return of(table, stream, nowMillis).stream()
                .filter(shard -> shard.id().equals(id))
                .findFirst();
    }

    Shard shard(TableState table, StreamState stream, int partition, long span, long nowMillis) {
        long first = span == 0 ? 1 : rows.firstSince(table, stream, partition, start(stream, span));
        long over = start(stream, span + 1);
        long next = rows.firstSince(table, stream, partition, over);
        long last = rows.last(table, stream, partition);
        boolean isClosed = !stream.isOn() || next <= last || nowMillis >= over + SETTLING_MILLIS;
        return new Shard(stream, partition, span, spanMillis, first, isClosed ? next : Long.MAX_VALUE);
    }

    /** The sequence of the oldest row of a partition that may be read, or of the next one where there is none. */
    long horizon(TableState table, StreamState stream, int partition, long nowMillis) {
        return rows.firstSince(table, stream, partition, horizonMillis(nowMillis));
    }

    private long span(StreamState stream, long atMillis) {
        return spanMillis <= 0 ? 0 : Math.max(0, (atMillis - stream.startedMillis()) / spanMillis);
    }

    private long start(StreamState stream, long span) {
        return spanMillis <= 0 && span > 0 ? Long.MAX_VALUE : stream.startedMillis() + span * spanMillis;
    }
}
