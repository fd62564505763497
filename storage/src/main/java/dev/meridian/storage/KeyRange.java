package dev.meridian.storage;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The keys from {@code from} (inclusive) to {@code to} (exclusive).
 *
 * @param to the first key past the range, or null for a range without an end
 */
public record KeyRange(byte[] from, byte @Nullable [] to) {

    /** Every key that starts with the prefix. */
    public static KeyRange prefix(byte[] prefix) {
        return new KeyRange(prefix, successorOfPrefix(prefix));
    }

    /** Whether the key lies in this range. */
    public boolean contains(byte[] key) {
        return Arrays.compareUnsigned(key, from) >= 0 && (to == null || Arrays.compareUnsigned(key, to) < 0);
    }

    /** The least key greater than every key that starts with the prefix; null when there is none (all bytes 0xFF). */
    public static byte @Nullable [] successorOfPrefix(byte[] prefix) {
        for (int last = prefix.length - 1; last >= 0; last--) {
            if (prefix[last] != (byte) 0xFF) {
                byte[] successor = Arrays.copyOf(prefix, last + 1);
                successor[last]++;
                return successor;
            }
        }
        return null;
    }
}
