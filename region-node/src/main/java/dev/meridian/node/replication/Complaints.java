package dev.meridian.node.replication;

import java.util.HashMap;
import java.util.Map;

/** What is told of somebody once, until it is something else. Not thread-safe. */
final class Complaints {

    private final Map<Object, String> told = new HashMap<>();

    /** Whether that is news of whoever it is about. */
    boolean isNews(Object about, String what) {
        return !what.equals(told.put(about, what));
    }

    /** All is well with it again. */
    void withdraw(Object about) {
        if (!told.isEmpty()) {
            told.remove(about);
        }
    }
}
