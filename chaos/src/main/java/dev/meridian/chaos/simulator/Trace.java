package dev.meridian.chaos.simulator;

import java.util.ArrayDeque;
import java.util.List;

/** What happened, folded into one number, and the last of it in words. One seed gives one number. */
final class Trace {

    private static final int LINES_MAX = 200;

    private final ArrayDeque<String> last = new ArrayDeque<>();
    private long hash = 1;

    void add(long atMillis, String event) {
        String line = atMillis + " " + event;
        hash = hash * 31 + line.hashCode();
        last.add(line);
        if (last.size() > LINES_MAX) {
            last.remove();
        }
    }

    long hash() {
        return hash;
    }

    List<String> last() {
        return List.copyOf(last);
    }
}
