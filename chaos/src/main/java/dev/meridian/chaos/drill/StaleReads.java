package dev.meridian.chaos.drill;

import dev.meridian.chaos.drill.History.Operation;
import dev.meridian.chaos.drill.History.Outcome;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;

/**
 * Reads that did not see a write acknowledged anywhere before they began.
 *
 * @param count how many
 * @param oldestMillis how old the oldest of those writes was
 */
record StaleReads(long count, double oldestMillis) {

    /** {@code mayFollow}: whether the write of a number is a write, or may have come after it. */
    static StaleReads of(List<Operation> operations, BiPredicate<Long, Operation> mayFollow) {
        Map<String, List<Operation>> writes = new HashMap<>();
        for (Operation put : operations) {
            if (put.isAcknowledgedWrite()) {
                writes.computeIfAbsent(put.key(), none -> new ArrayList<>()).add(put);
            }
        }
        long count = 0;
        double oldest = 0;
        for (Operation read : operations) {
            if (read.isPut() || read.outcome() != Outcome.DONE) {
                continue;
            }
            double age = 0;
            for (Operation put : writes.getOrDefault(read.key(), List.of())) {
                if (put.endMillis() < read.startMillis() && !mayFollow.test(read.seen(), put)) {
                    age = Math.max(age, read.startMillis() - put.endMillis());
                }
            }
            count += age > 0 ? 1 : 0;
            oldest = Math.max(oldest, age);
        }
        return new StaleReads(count, oldest);
    }
}
