package dev.meridian.chaos.drill;

import dev.meridian.chaos.drill.History.Operation;
import dev.meridian.chaos.drill.History.Outcome;
import java.util.Comparator;
import java.util.List;

/** When clients could write, and when not. Pure. */
record Availability(List<Operation> puts) {

    /** After how long without a failure an outage is over. */
    private static final double CALM_MILLIS = 1_000;

    /** From the fault until writes succeed again and go on doing so; 0 where it, negative, never was, or nothing failed after it. */
    double rtoMillis(double faultMillis) {
        if (faultMillis < 0) {
            return 0;
        }
        List<Operation> after = puts.stream()
                .filter(put -> put.endMillis() >= faultMillis)
                .sorted(Comparator.comparingDouble(Operation::endMillis))
                .toList();
        if (after.stream().noneMatch(put -> put.outcome() != Outcome.DONE)) {
            return 0;
        }
        double lastFailure = -1;
        double recovered = -1;
        for (Operation put : after) {
            if (put.outcome() != Outcome.DONE) {
                if (recovered >= 0 && put.startMillis() > recovered + CALM_MILLIS) {
                    break;
                }
                lastFailure = put.endMillis();
                recovered = -1;
            } else if (lastFailure >= 0 && recovered < 0) {
                recovered = put.endMillis();
            }
        }
        double until = recovered >= 0 ? recovered : after.get(after.size() - 1).endMillis();
        return until - faultMillis;
    }

    /** The longest time without a successful write. */
    double longestGapMillis() {
        List<Double> ends = puts.stream()
                .filter(Operation::isAcknowledgedWrite)
                .map(Operation::endMillis)
                .sorted()
                .toList();
        double longest = 0;
        for (int i = 1; i < ends.size(); i++) {
            longest = Math.max(longest, ends.get(i) - ends.get(i - 1));
        }
        return longest;
    }
}
