package dev.meridian.table.value;

import java.util.Arrays;
import java.util.HexFormat;

/** Bytes with equality and the order of unsigned bytes. */
public final class Binary implements Comparable<Binary> {

    private final byte[] bytes;

    /** Wraps without copying: the caller gives the array away. */
    public Binary(byte[] bytes) {
        this.bytes = bytes;
    }

    /** The bytes themselves, not a copy: not to be changed. */
    public byte[] bytes() {
        return bytes;
    }

    public int length() {
        return bytes.length;
    }

    @Override
    public int compareTo(Binary other) {
        return Arrays.compareUnsigned(bytes, other.bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Binary binary && Arrays.equals(bytes, binary.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return HexFormat.of().formatHex(bytes);
    }
}
