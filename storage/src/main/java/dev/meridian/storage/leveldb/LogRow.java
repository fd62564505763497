package dev.meridian.storage.leveldb;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A row as it stands in a segment of the logs: a CRC-32C over what follows, the lengths of key and value (-1 for a delete), the key and
 * the value.
 */
record LogRow(byte[] key, byte @Nullable [] value) {

    static final int HEADER_BYTES = 3 * Integer.BYTES;
    private static final int DELETED = -1;

    static int sizeBytes(byte[] key, byte @Nullable [] value) {
        return HEADER_BYTES + key.length + (value == null ? 0 : value.length);
    }

    /** Writes a row at the buffer's position, which moves to its end. */
    static void encode(ByteBuffer out, byte[] key, byte @Nullable [] value) {
        int start = out.position();
        out.putInt(0).putInt(key.length).putInt(value == null ? DELETED : value.length);
        out.put(key);
        if (value != null) {
            out.put(value);
        }
        out.putInt(start, Checksum.of(out, start + Integer.BYTES, out.position()));
    }

    /** The bytes of the row whose header stands at the buffer's position, by what the header claims. */
    static long claimedBytes(ByteBuffer in) {
        int start = in.position();
        return (long) HEADER_BYTES
                + in.getInt(start + Integer.BYTES)
                + Math.max(0, in.getInt(start + 2 * Integer.BYTES));
    }

    /** The row at the buffer's position, which moves to its end; null, and nothing moves, where no whole one stands. */
    static @Nullable LogRow decode(ByteBuffer in) {
        int start = in.position();
        if (in.remaining() < HEADER_BYTES) {
            return null;
        }
        int keyLength = in.getInt(start + Integer.BYTES);
        int valueLength = in.getInt(start + 2 * Integer.BYTES);
        long size = claimedBytes(in);
        if (keyLength < 0
                || valueLength < DELETED
                || size > in.remaining()
                || Checksum.of(in, start + Integer.BYTES, start + (int) size) != in.getInt(start)) {
            return null;
        }
        byte[] key = new byte[keyLength];
        byte[] value = valueLength == DELETED ? null : new byte[valueLength];
        in.position(start + HEADER_BYTES);
        in.get(key);
        if (value != null) {
            in.get(value);
        }
        return new LogRow(key, value);
    }
}
