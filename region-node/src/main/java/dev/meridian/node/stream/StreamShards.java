package dev.meridian.node.stream;

import dev.meridian.node.catalogue.StreamState;
import dev.meridian.node.catalogue.TableState;
import dev.meridian.replication.log.ChangeRecord;
import dev.meridian.replication.log.RowKeys;
import dev.meridian.storage.Direction;
import dev.meridian.storage.KeyRange;
import dev.meridian.storage.OrderedReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads a stream's rows from the store. Thread-safe; what is not durable yet is not seen. */
final class StreamShards {

    private final OrderedReader store;

    StreamShards(OrderedReader store) {
        this.store = store;
    }

    /** A row and its sequence in the shard. */
    record Entry(long sequence, StreamRow row) {}

    /** Sees entries in their order; says whether it wants more. */
    interface Visitor {

        boolean visit(Entry entry);
    }

    void read(TableState table, StreamState stream, int partition, long from, Visitor visitor) {
        byte[] first = RowKeys.stream(table.number(), partition, stream.number(), from);
        KeyRange all = KeyRange.prefix(RowKeys.streamPrefix(table.number(), partition, stream.number()));
        store.scan(
                new KeyRange(first, all.to()),
                Direction.ASCENDING,
                (key, value) -> visitor.visit(new Entry(RowKeys.sequenceIn(key), StreamRow.decode(value))));
    }

    /** The sequence of the last row; 0 where there is none. */
    long last(TableState table, StreamState stream, int partition) {
        long[] last = {0};
        byte[] prefix = RowKeys.streamPrefix(table.number(), partition, stream.number());
        store.scan(KeyRange.prefix(prefix), Direction.DESCENDING, (key, value) -> {
            last[0] = RowKeys.sequenceIn(key);
            return false;
        });
        return last[0];
    }

    /** The sequence of the first row not older than a moment, or of the next row where there is none. */
    long firstSince(TableState table, StreamState stream, int partition, long millis) {
        long last = last(table, stream, partition);
        long low = first(table, stream, partition, last);
        long high = last + 1;
        while (low < high) {
            long middle = (low + high) >>> 1;
            byte[] row = store.get(RowKeys.stream(table.number(), partition, stream.number(), middle));
            // A row that is gone while this runs was older than any that may be asked for.
            if (row == null || StreamRow.decode(row).atMillis() < millis) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private long first(TableState table, StreamState stream, int partition, long last) {
        long[] first = {last + 1};
        read(table, stream, partition, 0, entry -> {
            first[0] = entry.sequence();
            return false;
        });
        return first[0];
    }

    /**
     * An entry with what came after.
     *
     * @param after the encoded item, or null where none came after
     */
    record Change(Entry entry, byte @Nullable [] after) {

        /** Of both images, shown or not. */
        long bytes() {
            byte[] before = entry.row().before();
            return (before == null ? 0 : before.length) + (after == null ? 0 : after.length);
        }
    }

    /** What an entry tells of; empty where the change record it points to is gone. */
    Optional<Change> change(TableState table, int partition, Entry entry) {
        StreamRow row = entry.row();
        if (row.sequence() == StreamRow.INLINE) {
            return Optional.of(new Change(entry, row.after()));
        }
        byte[] record = store.get(RowKeys.change(table.number(), partition, row.origin(), row.sequence()));
        return record == null
                ? Optional.empty()
                : Optional.of(new Change(entry, ChangeRecord.decode(record).image()));
    }

    /** Keys of the rows older than a moment, the last row of a stream that is on not among them: it keeps the count. */
    List<byte[]> trimmable(TableState table, StreamState stream, int partition, long horizonMillis, int atMost) {
        long last = stream.isOn() ? last(table, stream, partition) : Long.MAX_VALUE;
        List<byte[]> keys = new ArrayList<>();
        read(table, stream, partition, 0, entry -> {
            if (entry.row().atMillis() >= horizonMillis || entry.sequence() == last) {
                return false;
            }
            keys.add(RowKeys.stream(table.number(), partition, stream.number(), entry.sequence()));
            return keys.size() < atMost;
        });
        return keys;
    }
}
