package dev.meridian.storage;

/** The store as it was at one instant. Close it: an open snapshot keeps old rows on disk. */
public interface Snapshot extends OrderedReader, AutoCloseable {

    @Override
    void close();
}
