package dev.meridian.storage.leveldb;

import org.jspecify.annotations.Nullable;

/** The rows of one stream in one segment. Written by one thread, read by any. */
final class LogRun {

    static final int NOWHERE = -1;

    private final LogSegment segment;
    private final byte[] prefix;
    private final long first;
    private volatile long last;
    private volatile int at;
    private volatile LogTail.@Nullable Run inTail;

    private LogRun(LogSegment segment, byte[] prefix, long first, long last, int at, LogTail.@Nullable Run inTail) {
        this.segment = segment;
        this.prefix = prefix;
        this.first = first;
        this.last = last;
        this.at = at;
        this.inTail = inTail;
    }

    /** A run that begins in the segment that is written. */
    static LogRun beginning(LogSegment segment, byte[] prefix, long number, LogTail.Run inTail) {
        return new LogRun(segment, prefix, number, number, 0, inTail);
    }

    /** A run whose entries stand in its segment. */
    static LogRun sealed(LogSegment segment, byte[] prefix, long first, long last, int at) {
        return new LogRun(segment, prefix, first, last, at, null);
    }

    LogSegment segment() {
        return segment;
    }

    byte[] prefix() {
        return prefix;
    }

    long first() {
        return first;
    }

    long last() {
        return last;
    }

    void add(long number, int offset) {
        LogTail.Run entries = inTail;
        if (entries == null || number <= last) {
            throw new IllegalStateException("row " + number + " does not come after " + last);
        }
        entries.add(number, offset);
        last = number;
    }

    /** The entries in the segment's tail; null once they stand in the segment. */
    LogTail.@Nullable Run inTail() {
        return inTail;
    }

    /** Where the entries stand in the segment; {@link #NOWHERE} once none of them do. */
    int at() {
        return at;
    }

    /** How many rows are left when those up to a number are deleted. */
    long rowsAfter(long deleted) {
        return Math.max(0, last - Math.max(first - 1, deleted));
    }

    /** The entries stand there in the segment now. */
    void seal(int position) {
        at = position;
        inTail = null;
    }
}
