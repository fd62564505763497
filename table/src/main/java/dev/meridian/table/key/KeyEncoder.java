package dev.meridian.table.key;

import dev.meridian.table.value.AttributeValue;
import dev.meridian.table.value.Utf8;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * Key attributes as bytes whose unsigned order is DynamoDB's order of the values. Every component ends itself: strings and
 * binaries escape zero bytes and end in 0x00 0x01, numbers end in a byte below any digit, so components can follow one
 * another and still compare one by one.
 */
public final class KeyEncoder {

    public static final int HASH_BYTES = 4;
    private static final byte[] ROOM_FOR_HASH = new byte[HASH_BYTES];
    private static final int TERMINATOR = 0x01;
    private static final int ESCAPED_ZERO = 0xFF;
    private static final int EXPONENT_BIAS = 0x4000;

    private KeyEncoder() {}

    /** Hash, partition key, sort key. */
    public static ItemKey itemKey(List<AttributeValue> hash, List<AttributeValue> range) {
        return new ItemKey(hashed(hash, range));
    }

    /** What all keys with that partition key start with: its hash and the key itself. */
    public static byte[] hashPrefix(List<AttributeValue> hash) {
        return hashed(hash, List.of());
    }

    private static byte[] hashed(List<AttributeValue> hash, List<AttributeValue> range) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(64);
        out.write(ROOM_FOR_HASH, 0, HASH_BYTES);
        hash.forEach(value -> append(out, value));
        int partitionKeyEnd = out.size();
        range.forEach(value -> append(out, value));
        byte[] key = out.toByteArray();
        putHash(key, partitionKeyEnd);
        return key;
    }

    /** A row key of an index: its own key, then the item's, which makes it unique. */
    public static byte[] indexRowKey(List<AttributeValue> hash, List<AttributeValue> range, ItemKey item) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(128);
        out.writeBytes(itemKey(hash, range).bytes());
        out.writeBytes(item.bytes());
        return out.toByteArray();
    }

    /** One value, whole. */
    public static byte[] encode(AttributeValue value) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(32);
        append(out, value);
        return out.toByteArray();
    }

    /** What the encodings of all strings or binaries start with that start with this one. */
    public static byte[] encodePrefix(AttributeValue value) {
        byte[] whole = encode(value);
        return java.util.Arrays.copyOf(whole, whole.length - 2);
    }

    /** The first hash of one of {@code total} equal parts of all hashes; null past the last. */
    public static byte @org.jspecify.annotations.Nullable [] segmentStart(int segment, int total) {
        if (segment >= total) {
            return null;
        }
        // The least hash whose share lands in this segment.
        long start = (((long) segment << 32) + total - 1) / total;
        return new byte[] {(byte) (start >>> 24), (byte) (start >>> 16), (byte) (start >>> 8), (byte) start};
    }

    /** Puts the hash of a partition key before it. */
    private static void putHash(byte[] key, int partitionKeyEnd) {
        CRC32C crc = new CRC32C();
        crc.update(key, HASH_BYTES, partitionKeyEnd - HASH_BYTES);
        int mixed = (int) crc.getValue();
        mixed ^= mixed >>> 16;
        mixed *= 0x85EBCA6B;
        mixed ^= mixed >>> 13;
        mixed *= 0xC2B2AE35;
        mixed ^= mixed >>> 16;
        key[0] = (byte) (mixed >>> 24);
        key[1] = (byte) (mixed >>> 16);
        key[2] = (byte) (mixed >>> 8);
        key[3] = (byte) mixed;
    }

    private static void append(ByteArrayOutputStream out, AttributeValue value) {
        if (value instanceof AttributeValue.S s) {
            appendBytes(out, Utf8.encode(s.value()));
        } else if (value instanceof AttributeValue.B b) {
            appendBytes(out, b.value().bytes());
        } else if (value instanceof AttributeValue.N n) {
            appendNumber(out, n.value());
        } else {
            throw new IllegalArgumentException(
                    "not a key type: " + value.getClass().getSimpleName());
        }
    }

    private static void appendBytes(ByteArrayOutputStream out, byte[] bytes) {
        for (byte next : bytes) {
            out.write(next);
            if (next == 0) {
                out.write(ESCAPED_ZERO);
            }
        }
        out.write(0);
        out.write(TERMINATOR);
    }

    /**
     * Sign (1 negative, 2 zero, 3 positive), then the exponent of the leading digit and the digits, each digit as its value
     * plus one and 0 at the end; all but the sign inverted for negatives.
     */
    private static void appendNumber(ByteArrayOutputStream out, BigDecimal number) {
        if (number.signum() == 0) {
            out.write(2);
            return;
        }
        int flip = number.signum() < 0 ? 0xFF : 0;
        out.write(number.signum() < 0 ? 1 : 3);
        BigDecimal normal = number.stripTrailingZeros();
        int exponent = normal.precision() - normal.scale() + EXPONENT_BIAS;
        out.write((exponent >>> 8) ^ flip);
        out.write((exponent & 0xFF) ^ flip);
        String digits = normal.unscaledValue().abs().toString();
        for (int i = 0; i < digits.length(); i++) {
            out.write((digits.charAt(i) - '0' + 1) ^ flip);
        }
        out.write(flip);
    }
}
