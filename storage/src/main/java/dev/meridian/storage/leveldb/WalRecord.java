package dev.meridian.storage.leveldb;

import dev.meridian.storage.WriteBatch;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One group commit as it stands in the write-ahead log: a CRC-32C over all that follows, the bytes of the whole record, the
 * group's number, then each operation as the lengths of key and value (-1 for a delete), the key and the value.
 */
record WalRecord(long group, WriteBatch batch) {

    static final int HEADER_BYTES = 2 * Integer.BYTES + Long.BYTES;
    private static final int OPERATION_HEADER_BYTES = 2 * Integer.BYTES;
    private static final int DELETED = -1;

    /** The bytes of a record of these batches. */
    static long sizeBytes(List<WriteBatch> batches) {
        long size = HEADER_BYTES;
        for (WriteBatch batch : batches) {
            size += batch.sizeBytes() + (long) batch.operations().size() * OPERATION_HEADER_BYTES;
        }
        return size;
    }

    /** Writes a record at the buffer's position, which moves to its end. */
    static void encode(ByteBuffer buffer, long group, List<WriteBatch> batches) {
        int start = buffer.position();
        buffer.putInt(0).putInt(0).putLong(group);
        for (WriteBatch batch : batches) {
            for (WriteBatch.Operation operation : batch.operations()) {
                byte[] value = operation.value();
                buffer.putInt(operation.key().length).putInt(value == null ? DELETED : value.length);
                buffer.put(operation.key());
                if (value != null) {
                    buffer.put(value);
                }
            }
        }
        int end = buffer.position();
        buffer.putInt(start + Integer.BYTES, end - start);
        buffer.putInt(start, Checksum.of(buffer, start + Integer.BYTES, end));
    }

    /** The record at the buffer's position, which moves to its end; null, and nothing moves, where no whole one stands. */
    static @Nullable WalRecord decode(ByteBuffer buffer) {
        int start = buffer.position();
        if (buffer.remaining() < HEADER_BYTES) {
            return null;
        }
        int size = buffer.getInt(start + Integer.BYTES);
        if (size < HEADER_BYTES
                || size > buffer.remaining()
                || Checksum.of(buffer, start + Integer.BYTES, start + size) != buffer.getInt(start)) {
            return null;
        }
        long group = buffer.getLong(start + 2 * Integer.BYTES);
        WriteBatch batch = new WriteBatch();
        buffer.position(start + HEADER_BYTES);
        while (buffer.position() < start + size) {
            byte[] key = new byte[buffer.getInt()];
            int length = buffer.getInt();
            buffer.get(key);
            if (length == DELETED) {
                batch.delete(key);
            } else {
                byte[] value = new byte[length];
                buffer.get(value);
                batch.put(key, value);
            }
        }
        return new WalRecord(group, batch);
    }
}
