package dev.meridian.chaos.drill;

import dev.meridian.chaos.drill.DrillResult.Event;
import dev.meridian.chaos.drill.DrillResult.Verdict;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Comes to the verdict. Pure; the same for drills in real and in virtual time. */
public final class Judge {

    private static final List<String> NEVER = List.of("versions-went-back", "own-writes-unread", "not-linearizable");
    private static final List<String> NEVER_IF_STRONG =
            List.of("rpo.writes", "lost-acknowledged-writes", "conflicts", "lost-increments");
    private static final List<String> NEVER_IN_SESSIONS =
            List.of("session-own-writes-unread", "session-writes-reordered");

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
        boolean isStrong = drill.topology().isStrong();
        Measures measured = new Measures(
                operations,
                losses,
                end,
                isStrong && drill.load().strongReads(),
                drill.load().session());
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
        } else if (!broken(measures, drill).isEmpty()) {
            verdict = Verdict.FAILED;
            reason = "what must always hold did not: " + broken(measures, drill)
                    + (measured.breach().isEmpty() ? "" : "; " + measured.breach());
        } else if (!sightings.isRecordWhole() && isOnlyOfLosses(failed)) {
            verdict = Verdict.INCONCLUSIVE;
            reason =
                    "a region keeps no more conflicts on record: writes that it no longer tells of count as lost; a shorter "
                            + "load, or more 'conflicts-kept', would show";
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

    private static boolean isOnlyOfLosses(List<Threshold> failed) {
        return !failed.isEmpty()
                && failed.stream().allMatch(threshold -> threshold.measure().equals("lost-acknowledged-writes"));
    }

    /**
     * What no run may show; a strongly consistent table loses nothing besides, and no write of it throws another away; and sessions
     * see what they have written.
     */
    private static String broken(Map<String, Double> measures, Drill drill) {
        return Stream.of(
                        NEVER,
                        drill.topology().isStrong() ? NEVER_IF_STRONG : List.<String>of(),
                        drill.load().session() ? NEVER_IN_SESSIONS : List.<String>of())
                .flatMap(List::stream)
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
