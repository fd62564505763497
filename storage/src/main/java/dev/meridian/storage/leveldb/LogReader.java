package dev.meridian.storage.leveldb;

import java.io.Closeable;
import java.io.IOException;

/** Reads the rows of one run, best one after another. Not thread-safe. */
interface LogReader extends Closeable {

    LogEntries entries();

    /** The row of an entry. */
    LogRow row(int entry) throws IOException;

    @Override
    void close() throws IOException;
}
