package dev.meridian.storage;

/** Receives rows of a scan. */
@FunctionalInterface
public interface RowVisitor {

    /** Takes one row; both arrays are the visitor's own. Returns whether to go on. */
    boolean visit(byte[] key, byte[] value);
}
