package dev.meridian.gatling.bench;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.HdrHistogram.Histogram;

/**
 * What one round gave.
 *
 * @param rate answers a second
 * @param latency in microseconds, from when a request was due to its answer
 * @param serverCpuSeconds what the server's process used up for these; NaN where nobody tells
 */
record Measured(double rate, Histogram latency, double serverCpuSeconds) {

    private static final double PER = 100_000;

    static Histogram newHistogram() {
        return new Histogram(60_000_000, 3);
    }

    double percentileMillis(double percentile) {
        return latency.getValueAtPercentile(percentile) / 1e3;
    }

    /** For a hundred thousand operations. */
    double cpuSecondsPer100Thousand() {
        return serverCpuSeconds / latency.getTotalCount() * PER;
    }

    /** The median of rounds, each figure by itself. */
    static double median(List<Measured> rounds, ToDoubleFunction<Measured> figure) {
        double[] values = rounds.stream().mapToDouble(figure).sorted().toArray();
        if (values.length == 0) {
            return Double.NaN;
        }
        int middle = values.length / 2;
        return values.length % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
    }

    /** How far rounds lie apart: the greatest rate less the smallest, of the median. */
    static double spread(List<Measured> rounds) {
        double[] rates = rounds.stream().mapToDouble(Measured::rate).toArray();
        return (Arrays.stream(rates).max().orElse(Double.NaN)
                        - Arrays.stream(rates).min().orElse(Double.NaN))
                / median(rounds, Measured::rate);
    }
}
