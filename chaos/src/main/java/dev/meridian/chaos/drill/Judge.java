package dev.meridian.chaos.drill;

import dev.meridian.chaos.drill.DrillResult.Event;
import dev.meridian.chaos.drill.DrillResult.Verdict;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Comes to the verdict. Pure; the same for drills in real and in virtual time. */
public final class Judge {

    private Judge() {}

    /** The result of a run of which this is known; {@code command}: what runs it again. */
    public static DrillResult judge(
            Drill drill,
            String command,
            List<History.Operation> operations,
            List<Measures.Loss> losses,
            Measures.End end,
            List<Event> events,
            Sightings sightings) {
        Measures measured = new Measures(operations, losses, end);
        Map<String, Double> measures = measured.all();
        List<Threshold> failed = drill.thresholds().stream()
                .filter(threshold -> !threshold.holds(measures))
                .toList();
        List<String> unmet = drill.sometimes().stream()
                .filter(name -> !Measures.happened(name, measures))
                .toList();
        Verdict verdict = Verdict.PASSED;
        String reason = "";
        if (measures.getOrDefault("acknowledged-writes", 0.0) == 0) {
            verdict = Verdict.INCONCLUSIVE;
            reason = "no write was ever acknowledged";
        } else if (end.convergedMillis() < 0) {
            verdict = Verdict.FAILED;
            reason = "the replicas were not equal within " + drill.settleMillis() + " ms";
        } else if (!broken(measures).isEmpty()) {
            verdict = Verdict.FAILED;
            reason = "what must always hold did not: " + broken(measures)
                    + (measured.breach().isEmpty() ? "" : "; " + measured.breach());
        } else if (!failed.isEmpty()) {
            verdict = Verdict.FAILED;
            reason = "not all thresholds held";
        } else if (!unmet.isEmpty()) {
            verdict = Verdict.INCONCLUSIVE;
            reason = "never happened: " + String.join(", ", unmet);
        }
        return new DrillResult(
                drill, command, verdict, reason, measures, failed, List.copyOf(events), operations, sightings);
    }

    private static String broken(Map<String, Double> measures) {
        return Stream.of("versions-went-back", "own-writes-unread", "not-linearizable")
                .filter(measure -> measures.getOrDefault(measure, 0.0) > 0)
                .collect(Collectors.joining(", "));
    }

    /** The result of a run that was stopped before its end: nothing was measured. */
    public static DrillResult stopped(
            Drill drill, String command, List<History.Operation> operations, List<Event> events) {
        return new DrillResult(
                drill,
                command,
                Verdict.INCONCLUSIVE,
                "it was stopped before its end",
                Map.of(),
                List.of(),
                List.copyOf(events),
                operations,
                Sightings.NONE);
    }
}
