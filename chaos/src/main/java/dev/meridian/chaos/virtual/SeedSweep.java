package dev.meridian.chaos.virtual;

import dev.meridian.chaos.drill.Drill;
import dev.meridian.chaos.drill.DrillResult;
import dev.meridian.chaos.drill.DrillResult.Verdict;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A drill over many seeds: how its measures are spread, and which seeds failed. */
public final class SeedSweep {

    /** How a measure is spread over the seeds. */
    public record Spread(double p50, double p95, double max) {

        static Spread of(List<Double> values) {
            double[] sorted =
                    values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
            return new Spread(at(sorted, 0.50), at(sorted, 0.95), sorted[sorted.length - 1]);
        }

        private static double at(double[] sorted, double share) {
            return sorted[(int) Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
        }
    }

    /** A seed that did not pass, and why. */
    public record Failure(long seed, Verdict verdict, String reason) {}

    private final Drill drill;
    private final List<Map<String, Double>> measures = new ArrayList<>();
    private final List<Failure> failures = new ArrayList<>();
    private final Map<Verdict, Integer> verdicts = new LinkedHashMap<>();
    private @Nullable DrillResult shown;

    private SeedSweep(Drill drill) {
        this.drill = drill;
    }

    /**
     * Runs seeds {@code first}, {@code first + 1} and so on; {@code tell} hears each seed's result, {@code trace} everything that
     * happens, a line each.
     */
    public static SeedSweep run(
            Drill drill,
            VirtualSetting setting,
            long first,
            int seeds,
            Consumer<DrillResult> tell,
            @Nullable Consumer<String> trace) {
        SeedSweep sweep = new SeedSweep(drill);
        for (int i = 0; i < seeds; i++) {
            DrillResult result = VirtualRun.run(drill, setting, first + i, trace);
            sweep.add(result);
            tell.accept(result);
        }
        return sweep;
    }

    private void add(DrillResult result) {
        measures.add(result.measures());
        verdicts.merge(result.verdict(), 1, Integer::sum);
        if (result.verdict() == Verdict.FAILED) {
            failures.add(new Failure(result.drill().seed(), result.verdict(), result.reason()));
        }
        boolean isFirstFailure = result.verdict() == Verdict.FAILED && failures.size() == 1;
        if (shown == null || isFirstFailure) {
            shown = result;
        }
    }

    /** Failed where a seed failed; passed where none did and one passed. */
    public Verdict verdict() {
        if (count(Verdict.FAILED) > 0) {
            return Verdict.FAILED;
        }
        return count(Verdict.PASSED) > 0 ? Verdict.PASSED : Verdict.INCONCLUSIVE;
    }

    public int count(Verdict verdict) {
        return verdicts.getOrDefault(verdict, 0);
    }

    public Drill drill() {
        return drill;
    }

    public int seeds() {
        return measures.size();
    }

    /** The seeds that failed, in order. */
    public List<Failure> failures() {
        return List.copyOf(failures);
    }

    /** The result to look at: of the first seed that failed, else of the first. */
    public DrillResult shown() {
        return Objects.requireNonNull(shown, "no seed was run");
    }

    public Spread spread(String measure) {
        return Spread.of(measures.stream()
                .map(values -> values.getOrDefault(measure, 0.0))
                .toList());
    }
}
