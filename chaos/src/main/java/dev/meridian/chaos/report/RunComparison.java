package dev.meridian.chaos.report;

import dev.meridian.chaos.drill.Measures;
import dev.meridian.chaos.drill.Threshold;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Two runs side by side. */
public record RunComparison(RunSummary before, RunSummary after) {

    /** A measure of both. */
    public record Line(String measure, String before, String after, String change) {}

    /** Every measure that either has, in the usual order. */
    public List<Line> lines() {
        List<Line> lines = new ArrayList<>();
        for (String measure : Measures.NAMES.keySet()) {
            if (before.measures().containsKey(measure) || after.measures().containsKey(measure)) {
                double from = before.measures().getOrDefault(measure, 0.0);
                double to = after.measures().getOrDefault(measure, 0.0);
                lines.add(new Line(
                        measure, Threshold.show(measure, from), Threshold.show(measure, to), change(from, to)));
            }
        }
        return lines;
    }

    /** Whether the first passed and the second did not. */
    public boolean isWorse() {
        return before.verdict().equals("passed") && !after.verdict().equals("passed");
    }

    private static String change(double from, double to) {
        if (from == to) {
            return "=";
        }
        return from == 0
                ? (to > 0 ? "+" : "-")
                : String.format(Locale.ROOT, "%+.0f %%", 100 * (to - from) / Math.abs(from));
    }
}
