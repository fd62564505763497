package dev.meridian.table.key;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Arithmetic on keys. */
public final class KeyBytes {

    private KeyBytes() {}

    /** One after the other. */
    public static byte[] join(byte[] first, byte[] second) {
        byte[] joined = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, joined, first.length, second.length);
        return joined;
    }

    /** The least key greater than every key that starts with the prefix; null where there is none. */
    public static byte @Nullable [] afterPrefix(byte[] prefix) {
        for (int last = prefix.length - 1; last >= 0; last--) {
            if (prefix[last] != (byte) 0xFF) {
                byte[] successor = Arrays.copyOf(prefix, last + 1);
                successor[last]++;
                return successor;
            }
        }
        return null;
    }

    /** The least key greater than this one. */
    public static byte[] after(byte[] key) {
        return Arrays.copyOf(key, key.length + 1);
    }
}
