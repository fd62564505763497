package dev.meridian.chaos.drill;

import java.util.List;
import java.util.Map;

/**
 * What a drill came to.
 *
 * @param command what runs it again
 * @param reason why, in a sentence, unless it passed
 * @param failed the thresholds that did not hold
 */
public record DrillResult(
        Drill drill,
        String command,
        Verdict verdict,
        String reason,
        Map<String, Double> measures,
        List<Threshold> failed,
        List<Event> events,
        List<History.Operation> operations,
        Sightings sightings) {

    /** How many operations ended so. */
    public long count(boolean isPut, History.Outcome outcome) {
        return operations.stream()
                .filter(operation -> operation.isPut() == isPut && operation.outcome() == outcome)
                .count();
    }

    /** The one word. */
    public enum Verdict {
        PASSED,
        FAILED,
        /** Nothing is shown: the drill did not come to what it is about. */
        INCONCLUSIVE
    }

    /** Something that happened, since the load began. */
    public record Event(double atMillis, String what) {}
}
