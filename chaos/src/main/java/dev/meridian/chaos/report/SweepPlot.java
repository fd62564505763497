package dev.meridian.chaos.report;

import java.util.List;
import java.util.Locale;

/** A measure against a parameter, as HTML with one SVG in it: of each value the median of its seeds and the worst of them. */
public final class SweepPlot {

    private static final int WIDTH = 1_000;
    private static final int HEIGHT = 100;

    /** What became of one value of the parameter. */
    public record Point(String value, double median, double worst) {}

    private SweepPlot() {}

    /** The plot with its heading and legend; {@code unit} is that of the measure. */
    public static String html(String id, String title, String unit, List<Point> points) {
        double top =
                Chart.niceTop(points.stream().mapToDouble(Point::worst).max().orElse(1));
        StringBuilder html = new StringBuilder(4_000)
                .append("<figure id=\"")
                .append(ReportStyle.escaped(id))
                .append("\"><figcaption><b>")
                .append(ReportStyle.escaped(title))
                .append("</b>")
                .append(key("two", "worst"))
                .append(key("one", "median of the seeds"))
                .append(
                        "</figcaption><div class=\"plot tall\"><svg viewBox=\"0 0 1000 100\" preserveAspectRatio=\"none\" ")
                .append("role=\"img\" aria-label=\"")
                .append(ReportStyle.escaped(title))
                .append("\"><path class=\"grid\" d=\"M0 .5H1000M0 50H1000M0 99.5H1000\"/>");
        line(html, points.stream().mapToDouble(Point::worst).toArray(), top, "two");
        line(html, points.stream().mapToDouble(Point::median).toArray(), top, "one");
        html.append("</svg><span class=\"y top\">")
                .append(Chart.show(top, unit))
                .append("</span><span class=\"y middle\">")
                .append(Chart.show(top / 2, unit))
                .append("</span>");
        for (int i = 0; i < points.size(); i++) {
            html.append(String.format(
                    Locale.ROOT,
                    "<span class=\"value\" style=\"left:%.2f%%\">%s</span>",
                    x(i, points.size()) * 100 / WIDTH,
                    ReportStyle.escaped(points.get(i).value())));
        }
        return html.append("</div></figure>").toString();
    }

    private static String key(String colour, String words) {
        return " <span class=\"key\"><i style=\"background:var(--" + colour + ")\"></i>" + words + "</span>";
    }

    private static double x(int place, int places) {
        return (place + 0.5) * WIDTH / places;
    }

    /** The dots are lines of no length, which stay round however the plot is drawn out. */
    private static void line(StringBuilder html, double[] values, double top, String colour) {
        StringBuilder path = new StringBuilder();
        StringBuilder dots = new StringBuilder();
        for (int i = 0; i < values.length; i++) {
            double y = HEIGHT - values[i] / top * HEIGHT;
            path.append(String.format(Locale.ROOT, "%s%.1f %.1f", i == 0 ? "M" : "L", x(i, values.length), y));
            dots.append(String.format(Locale.ROOT, "M%.1f %.1fh0", x(i, values.length), y));
        }
        html.append("<path class=\"line\" style=\"stroke:var(--")
                .append(colour)
                .append(")\" d=\"")
                .append(path)
                .append("\"/><path class=\"dots\" style=\"stroke:var(--")
                .append(colour)
                .append(")\" d=\"")
                .append(dots)
                .append("\"/>");
    }
}
