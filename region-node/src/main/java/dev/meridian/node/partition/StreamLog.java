package dev.meridian.node.partition;

import dev.meridian.node.stream.StreamRow;
import dev.meridian.replication.log.RowKeys;
import dev.meridian.replication.log.StampedImage;
import dev.meridian.storage.Direction;
import dev.meridian.storage.KeyRange;
import dev.meridian.storage.OrderedReader;
import dev.meridian.storage.WriteBatch;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The partition's share of its table's stream. A row is written in the batch of the change it tells of; of the item it holds
 * only what was before, what came after stands in the change record.
 */
final class StreamLog {

    private final PartitionId id;
    private final OrderedReader store;
    private int stream;
    private long lastSequence;
    private long lastMillis;

    StreamLog(PartitionId id, OrderedReader store) {
        this.id = id;
        this.store = store;
    }

    /** From now on changes are noted in that stream; 0: in none. */
    void follow(int newStream) {
        if (newStream == stream) {
            return;
        }
        stream = newStream;
        lastSequence = 0;
        lastMillis = 0;
        if (newStream != 0) {
            byte[] prefix = RowKeys.streamPrefix(id.table(), id.partition(), newStream);
            store.scan(KeyRange.prefix(prefix), Direction.DESCENDING, (key, value) -> {
                lastSequence = RowKeys.sequenceIn(key);
                lastMillis = StreamRow.decode(value).atMillis();
                return false;
            });
        }
    }

    /**
     * Notes a change; what leaves the item as it was is none. The times of a stream's rows do not go back where the clock does.
     *
     * @param sequence of the change record that holds the item afterwards, or {@link StreamRow#INLINE}
     */
    void note(
            WriteBatch batch,
            String origin,
            long sequence,
            @Nullable StampedImage before,
            StampedImage after,
            boolean byService,
            long nowMillis) {
        byte[] image = before == null ? null : before.image();
        if (stream == 0 || Arrays.equals(image, after.image())) {
            return;
        }
        lastMillis = Math.max(lastMillis, nowMillis);
        byte[] inline = sequence == StreamRow.INLINE ? after.image() : null;
        batch.put(
                RowKeys.stream(id.table(), id.partition(), stream, ++lastSequence),
                new StreamRow(lastMillis, origin, sequence, byService, image, inline).encode());
    }
}
