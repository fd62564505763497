package dev.meridian.storage.leveldb;

import java.util.function.IntPredicate;

/** The numbers of a run's rows, and where each stood in its segment when it was written; both ascending. */
interface LogEntries {

    int count();

    long number(int entry);

    int offset(int entry);

    /** The first entry whose number is not less; the count where there is none. */
    default int ceiling(long number) {
        return first(count(), entry -> number(entry) >= number);
    }

    /** How many stood before an offset. */
    default int before(int offset) {
        return first(count(), entry -> offset(entry) >= offset);
    }

    /** Those from one on. */
    default LogEntries from(int first) {
        LogEntries all = this;
        return new LogEntries() {
            @Override
            public int count() {
                return all.count() - first;
            }

            @Override
            public long number(int entry) {
                return all.number(first + entry);
            }

            @Override
            public int offset(int entry) {
                return all.offset(first + entry);
            }
        };
    }

    /** The first of so many that is past something, as all after it are; the count where none is. */
    static int first(int count, IntPredicate isPast) {
        int low = 0;
        int high = count;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (isPast.test(middle)) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }
}
