package dev.meridian.chaos.report;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * A chart over the time of a run, as HTML with one SVG in it: lines, and the faults as bands behind them. Every chart of a run has
 * the same axis of time, so that they may be read one under the other.
 */
final class Chart {

    private static final int WIDTH = 1_000;
    private static final int HEIGHT = 100;

    /** What is shown of a time: its beginning, its end, and what it was. */
    record Band(double fromSeconds, double toSeconds, String what) {}

    /**
     * A line.
     *
     * @param colour a custom property of the page
     * @param perBucket a value each; not a number: there is none, and the line has a gap
     */
    record Line(String name, String colour, double[] perBucket) {}

    private final double seconds;
    private final List<Band> bands;

    Chart(double seconds, List<Band> bands) {
        this.seconds = Math.max(1, seconds);
        this.bands = bands;
    }

    /** A chart with its heading and legend. */
    String draw(String id, String title, String unit, List<Line> lines) {
        double top = niceTop(lines.stream()
                .flatMapToDouble(line -> Arrays.stream(line.perBucket()))
                .filter(value -> !Double.isNaN(value))
                .max()
                .orElse(1));
        StringBuilder html = new StringBuilder(8_000);
        html.append("<figure id=\"")
                .append(id)
                .append("\"><figcaption><b>")
                .append(ReportStyle.escaped(title))
                .append("</b>");
        for (Line line : lines) {
            html.append(String.format(
                    Locale.ROOT,
                    " <span class=\"key\"><i style=\"background:var(--%s)\"></i>%s</span>",
                    line.colour(),
                    ReportStyle.escaped(line.name())));
        }
        html.append("</figcaption><div class=\"plot\"><svg viewBox=\"0 0 ")
                .append(WIDTH)
                .append(' ')
                .append(HEIGHT)
                .append("\" preserveAspectRatio=\"none\" role=\"img\" aria-label=\"")
                .append(ReportStyle.escaped(title))
                .append("\">");
        bands.forEach(band -> html.append(band(band)));
        html.append("<path class=\"grid\" d=\"M0 .5H1000M0 50H1000M0 99.5H1000\"/>");
        lines.forEach(line -> html.append(path(line, top)));
        html.append("</svg>").append(label("y top", show(top, unit))).append(label("y middle", show(top / 2, unit)));
        for (double second = 0; second <= seconds; second += tick()) {
            html.append(String.format(
                    Locale.ROOT,
                    "<span class=\"x\" style=\"left:%.2f%%\">%s</span>",
                    100 * second / seconds,
                    clock(second)));
        }
        return html.append("</div></figure>").toString();
    }

    private static String label(String kind, String text) {
        return "<span class=\"" + kind + "\">" + text + "</span>";
    }

    private String band(Band band) {
        double from = x(band.fromSeconds());
        return String.format(
                Locale.ROOT,
                "<rect class=\"band\" x=\"%.1f\" y=\"0\" width=\"%.1f\" height=\"%d\"><title>%s</title></rect>",
                from,
                Math.max(2, x(band.toSeconds()) - from),
                HEIGHT,
                ReportStyle.escaped(band.what()));
    }

    private double x(double second) {
        return WIDTH * Math.max(0, Math.min(1, second / seconds));
    }

    private String path(Line line, double top) {
        StringBuilder path = new StringBuilder();
        boolean isDown = false;
        for (int bucket = 0; bucket < line.perBucket().length; bucket++) {
            double value = line.perBucket()[bucket];
            if (Double.isNaN(value)) {
                isDown = false;
                continue;
            }
            double middle = (bucket + 0.5) * seconds / line.perBucket().length;
            path.append(isDown ? 'L' : 'M')
                    .append(String.format(Locale.ROOT, "%.1f %.1f", x(middle), HEIGHT - value / top * HEIGHT));
            isDown = true;
        }
        return "<path class=\"line\" style=\"stroke:var(--" + line.colour() + ")\" d=\"" + path + "\"/>";
    }

    /** About six labels. */
    private double tick() {
        for (double tick : new double[] {1, 2, 5, 10, 15, 30, 60, 120, 300, 600}) {
            if (seconds / tick <= 7) {
                return tick;
            }
        }
        return seconds / 6;
    }

    private static String clock(double second) {
        return second < 60
                ? String.format(Locale.ROOT, "%.0f s", second)
                : String.format(Locale.ROOT, "%d:%02d", (int) second / 60, (int) second % 60);
    }

    /** The least of 1, 2, 2.5 and 5 times a power of ten that is not below. */
    static double niceTop(double value) {
        double power = Math.pow(10, Math.floor(Math.log10(Math.max(1, value))));
        for (double factor : new double[] {1, 2, 2.5, 5}) {
            if (factor * power >= value) {
                return factor * power;
            }
        }
        return 10 * power;
    }

    static String show(double value, String unit) {
        if (unit.equals("ms") && value >= 1_000) {
            return trimmed(value / 1_000) + " s";
        }
        return (trimmed(value) + " " + unit).strip();
    }

    private static String trimmed(double value) {
        return value == Math.rint(value)
                ? String.format(Locale.ROOT, "%,.0f", value)
                : String.format(Locale.ROOT, "%.2f", value).replaceAll("0+$", "");
    }
}
