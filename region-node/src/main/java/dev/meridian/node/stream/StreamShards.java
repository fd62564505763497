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
import java.util.concurrent.atomic.AtomicReference;
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

    /** The first entry at or after a sequence that is not older than a moment. */
    Optional<Entry> firstSince(TableState table, StreamState stream, int partition, long horizonMillis) {
        AtomicReference<@Nullable Entry> first = new AtomicReference<>();
        read(table, stream, partition, 0, entry -> {
            if (entry.row().atMillis() < horizonMillis) {
                return true;
            }
            first.set(entry);
            return false;
        });
        return Optional.ofNullable(first.get());
    }

    /**
     * An entry with what came after.
     *
     * @param record the change record, or null where it is gone
     */
    record Change(Entry entry, @Nullable ChangeRecord record) {

        /** Of both images, shown or not. */
        long bytes() {
            byte[] before = entry.row().before();
            byte[] after = record == null ? null : record.image();
            return (before == null ? 0 : before.length) + (after == null ? 0 : after.length);
        }
    }

    Change change(TableState table, int partition, Entry entry) {
        StreamRow row = entry.row();
        byte[] record = store.get(RowKeys.change(table.number(), partition, row.origin(), row.sequence()));
        return new Change(entry, record == null ? null : ChangeRecord.decode(record));
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
