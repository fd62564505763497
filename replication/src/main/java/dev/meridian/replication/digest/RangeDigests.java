package dev.meridian.replication.digest;

import dev.meridian.conflict.AttributeVersions;
import dev.meridian.replication.log.MalformedBytesException;
import dev.meridian.replication.log.StampedImage;
import dev.meridian.replication.log.Wire;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A table in two levels of a hash tree: a digest for each of {@link #RANGES} equal ranges of the keys' hashes, and one of all of
 * them. Each row counts with its key, version and image, tombstones too, so two replicas have equal digests exactly if they hold the
 * same. Immutable.
 */
public final class RangeDigests {

    /** How many ranges there are. */
    public static final int RANGES = 1_024;

    private static final int VERSION = 1;
    private static final int DIGEST_BYTES = 16;
    private static final int SHIFT = 32 - 10;
    private static final byte[] EMPTY = new byte[DIGEST_BYTES];

    private final byte[][] digests;

    private RangeDigests(byte[][] digests) {
        this.digests = digests;
    }

    /** Which range a key is in. */
    public static int rangeOf(byte[] key) {
        return ByteBuffer.wrap(key).getInt() >>> SHIFT;
    }

    /** Where a range starts; null past the last. */
    public static byte @Nullable [] start(int range) {
        return range >= RANGES
                ? null
                : ByteBuffer.allocate(Integer.BYTES).putInt(range << SHIFT).array();
    }

    /** Takes rows in the order of their keys. */
    public static final class Builder {

        private final byte[][] digests = new byte[RANGES][];
        private final MessageDigest digest = sha256();
        private int range = -1;

        public Builder() {
            Arrays.fill(digests, EMPTY);
        }

        public void add(byte[] key, StampedImage row) {
            int rangeOfKey = rangeOf(key);
            if (rangeOfKey != range) {
                finish();
                range = rangeOfKey;
            }
            byte[] image = row.image();
            digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(key.length).flip());
            digest.update(key);
            digest.update((row.stamp().version() + (image == null ? "-" : "+")).getBytes(StandardCharsets.UTF_8));
            if (image != null) {
                digest.update(image);
            }
            AttributeVersions attributes = row.attributes();
            if (attributes != null && !attributes.written().isEmpty()) {
                // Not the last delete: who let go of the tombstone does not know it any more.
                digest.update(attributes.written().toString().getBytes(StandardCharsets.UTF_8));
            }
        }

        private void finish() {
            if (range >= 0) {
                digests[range] = Arrays.copyOf(digest.digest(), DIGEST_BYTES);
            }
        }

        public RangeDigests build() {
            finish();
            range = -1;
            return new RangeDigests(digests.clone());
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException(missing);
        }
    }

    /** The digest of one range, in hexadecimal. */
    public String of(int range) {
        return HexFormat.of().formatHex(digests[range]);
    }

    public boolean isEmpty(int range) {
        return Arrays.equals(digests[range], EMPTY);
    }

    /** The digest of the whole table, in hexadecimal. */
    public String root() {
        MessageDigest all = sha256();
        for (byte[] range : digests) {
            all.update(range);
        }
        return HexFormat.of().formatHex(all.digest());
    }

    /**
     * Neighbouring ranges.
     *
     * @param first the first of them
     * @param end the one after the last
     */
    public record Span(int first, int end) {}

    /** Where two tables differ. */
    public List<Span> differing(RangeDigests other) {
        List<Span> spans = new ArrayList<>();
        for (int range = 0; range < RANGES; range++) {
            if (Arrays.equals(digests[range], other.digests[range])) {
                continue;
            }
            Span last = spans.isEmpty() ? null : spans.get(spans.size() - 1);
            if (last != null && last.end() == range) {
                spans.set(spans.size() - 1, new Span(last.first(), range + 1));
            } else {
                spans.add(new Span(range, range + 1));
            }
        }
        return spans;
    }

    public byte[] encode() {
        Wire.Writer out = new Wire.Writer(RANGES * (DIGEST_BYTES + 1)).byteValue(VERSION);
        for (byte[] range : digests) {
            out.bytes(range);
        }
        return out.toBytes();
    }

    public static RangeDigests decode(byte[] bytes) {
        Wire.Reader in = new Wire.Reader(bytes);
        if (in.byteValue() != VERSION) {
            throw new MalformedBytesException("digests of another version");
        }
        byte[][] digests = new byte[RANGES][];
        for (int range = 0; range < RANGES; range++) {
            digests[range] = in.bytes();
        }
        return new RangeDigests(digests);
    }
}
