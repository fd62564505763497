package dev.meridian.chaos.report;

import dev.meridian.chaos.drill.Drill;
import dev.meridian.chaos.drill.DrillResult;
import dev.meridian.chaos.drill.History.Operation;
import dev.meridian.chaos.drill.History.Outcome;
import dev.meridian.chaos.drill.Sightings.Sample;
import dev.meridian.chaos.report.Chart.Band;
import dev.meridian.chaos.report.Chart.Line;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/** The charts of a run: throughput, latency, lag and backlog, one under the other, with the faults behind them. */
final class RunCharts {

    private static final int BUCKETS_MAX = 240;

    private final DrillResult result;
    private final double seconds;
    private final int buckets;

    private RunCharts(DrillResult result) {
        this.result = result;
        double end = Math.max(
                result.operations().stream()
                        .mapToDouble(Operation::endMillis)
                        .max()
                        .orElse(0),
                result.sightings().samples().stream()
                        .mapToDouble(Sample::atMillis)
                        .max()
                        .orElse(0));
        this.seconds = Math.max(1, Math.ceil(end / 1_000));
        this.buckets = (int) Math.min(BUCKETS_MAX, seconds);
    }

    static String html(DrillResult result) {
        RunCharts charts = new RunCharts(result);
        Chart chart = new Chart(charts.seconds, bands(result));
        return legend(result)
                + chart.draw(
                        "chart-throughput",
                        "Operations a second",
                        "",
                        List.of(
                                new Line(
                                        "answered",
                                        "one",
                                        charts.perSecond(operation -> operation.outcome() == Outcome.DONE)),
                                new Line(
                                        "failed",
                                        "two",
                                        charts.perSecond(operation -> operation.outcome() != Outcome.DONE))))
                + chart.draw(
                        "chart-latency",
                        "Latency",
                        "ms",
                        List.of(
                                new Line("median", "one", charts.latency(0.5)),
                                new Line("99th percentile", "three", charts.latency(0.99))))
                + chart.draw(
                        "chart-lag",
                        "Replication lag",
                        "ms",
                        List.of(new Line(
                                "age of the oldest write that is not everywhere",
                                "one",
                                charts.sampled(Sample::lagMillis))))
                + chart.draw(
                        "chart-backlog",
                        "Replication backlog",
                        "",
                        List.of(new Line(
                                "writes that wait, of the worst pair of regions", "one", charts.sampled(sample ->
                                        (double) sample.backlog()))));
    }

    private static List<Band> bands(DrillResult result) {
        List<Band> bands = new ArrayList<>();
        for (Drill.Step step : result.drill().steps()) {
            double until = step.forMillis() == 0
                    ? result.drill().load().forMillis()
                    : step.atMillis() + (double) step.forMillis();
            bands.add(new Band(
                    step.atMillis() / 1_000.0, until / 1_000, step.fault().describe()));
        }
        return bands;
    }

    /** What the bands are, in words, for those who cannot point at them. */
    private static String legend(DrillResult result) {
        StringBuilder html = new StringBuilder("<ul class=\"bands\">");
        for (Band band : bands(result)) {
            html.append("<li><i></i>")
                    .append(ReportStyle.escaped(band.what()))
                    .append(" <span class=\"soft\">")
                    .append(trimmed(band.fromSeconds()))
                    .append("–")
                    .append(trimmed(band.toSeconds()))
                    .append(" s</span></li>");
        }
        return html.append("</ul>").toString();
    }

    private static String trimmed(double seconds) {
        return seconds == Math.rint(seconds) ? Long.toString((long) seconds) : Double.toString(seconds);
    }

    private int bucket(double atMillis) {
        return (int) Math.max(0, Math.min(buckets - 1, atMillis / 1_000 / seconds * buckets));
    }

    private double[] perSecond(Predicate<Operation> which) {
        double[] counts = new double[buckets];
        for (Operation operation : result.operations()) {
            if (which.test(operation)) {
                counts[bucket(operation.endMillis())] += buckets / seconds;
            }
        }
        // After the load's end nothing begins, and a rate would be nobody's.
        double last = result.drill().load().forMillis() / 1_000.0 / seconds * buckets;
        for (int bucket = (int) Math.ceil(last); bucket < buckets; bucket++) {
            counts[bucket] = Double.NaN;
        }
        return counts;
    }

    private double[] latency(double share) {
        List<List<Double>> times = new ArrayList<>();
        for (int bucket = 0; bucket < buckets; bucket++) {
            times.add(new ArrayList<>());
        }
        for (Operation operation : result.operations()) {
            if (operation.outcome() == Outcome.DONE) {
                times.get(bucket(operation.endMillis())).add(operation.endMillis() - operation.startMillis());
            }
        }
        return times.stream()
                .mapToDouble(all -> {
                    List<Double> sorted = all.stream().sorted().toList();
                    return sorted.isEmpty()
                            ? Double.NaN
                            : sorted.get((int) Math.min(sorted.size() - 1.0, share * sorted.size()));
                })
                .toArray();
    }

    private double[] sampled(ToDoubleFunction<Sample> value) {
        double[] most = new double[buckets];
        Arrays.fill(most, Double.NaN);
        for (Sample sample : result.sightings().samples()) {
            int bucket = bucket(sample.atMillis());
            double now = value.applyAsDouble(sample);
            most[bucket] = Double.isNaN(most[bucket]) ? now : Math.max(most[bucket], now);
        }
        return most;
    }
}
