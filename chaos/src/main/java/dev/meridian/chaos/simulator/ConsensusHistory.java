package dev.meridian.chaos.simulator;

import dev.meridian.chaos.linearizability.Linearizability;
import dev.meridian.chaos.linearizability.RegisterOperation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What clients did with every item, in the order in which operations began and ended. */
final class ConsensusHistory {

    private final Map<String, Map<Long, RegisterOperation>> operations = new LinkedHashMap<>();
    private long ticks;

    /** The next moment; no two operations begin or end in one. */
    long tick() {
        return ++ticks;
    }

    /** The items, in the order in which they were first used. */
    List<String> keys() {
        return List.copyOf(operations.keySet());
    }

    /** An operation as far as it is known; what was recorded of it before gives way. */
    void record(String key, long begin, long end, RegisterOperation.Effect effect) {
        of(key).put(begin, new RegisterOperation(begin, end, effect));
    }

    /** An operation has not taken place and never will, so it explains nothing: a read of it is a breach. */
    void forget(String key, long begin) {
        of(key).remove(begin);
    }

    /** Throws AssertionError where an item's history is not linearizable. */
    void check() {
        operations.forEach((key, history) -> Linearizability.breach("", List.copyOf(history.values()))
                .ifPresent(breach -> {
                    throw new AssertionError(key + ": " + breach);
                }));
    }

    private Map<Long, RegisterOperation> of(String key) {
        return operations.computeIfAbsent(key, none -> new LinkedHashMap<>());
    }
}
