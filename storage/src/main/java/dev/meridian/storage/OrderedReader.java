package dev.meridian.storage;

import org.jspecify.annotations.Nullable;

/** Reads of a sorted map from byte strings to byte strings; keys compare as unsigned bytes. */
public interface OrderedReader {

    /** The value under a key, or null where there is none. The array is the caller's own. */
    byte @Nullable [] get(byte[] key);

    /** Visits the rows of a range in key order, ascending or descending, until the visitor has had enough. */
    void scan(KeyRange range, Direction direction, RowVisitor visitor);
}
