package dev.meridian.table.key;

import java.util.Arrays;
import java.util.HexFormat;

/**
 * An item's primary key as bytes: four bytes of the partition key's hash, the partition key, the sort key, each so encoded
 * that unsigned byte order is the order of Query. Unique within a table, the same in every region.
 */
public final class ItemKey implements Comparable<ItemKey> {

    private final byte[] bytes;

    /** Wraps without copying: the caller gives the array away. */
    public ItemKey(byte[] bytes) {
        this.bytes = bytes;
    }

    /** The bytes themselves, not a copy: not to be changed. */
    public byte[] bytes() {
        return bytes;
    }

    /** Which of {@code partitionCount} partitions holds the key: equal ranges of the partition key's hash. */
    public int partition(int partitionCount) {
        long hash = ((bytes[0] & 0xFFL) << 24)
                | ((bytes[1] & 0xFFL) << 16)
                | ((bytes[2] & 0xFFL) << 8)
                | (bytes[3] & 0xFFL);
        return (int) ((hash * partitionCount) >>> 32);
    }

    @Override
    public int compareTo(ItemKey other) {
        return Arrays.compareUnsigned(bytes, other.bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ItemKey key && Arrays.equals(bytes, key.bytes);
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
