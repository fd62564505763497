package dev.meridian.gatling.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A few lines over a logarithmic axis, from zero up, as SVG that is read on light ground and dark. */
final class Plot {

    private static final int WIDTH = 640;
    private static final int HEIGHT = 320;
    private static final int MARGIN = 56;
    private static final List<String> COLOURS = List.of("#3b82f6", "#f59e0b");

    private record Point(double x, double y) {}

    private final String across;
    private final String up;
    private final Map<String, List<Point>> lines = new LinkedHashMap<>();

    /** What the axes are called. */
    Plot(String across, String up) {
        this.across = across;
        this.up = up;
    }

    void point(String line, double x, double y) {
        lines.computeIfAbsent(line, l -> new ArrayList<>()).add(new Point(x, y));
    }

    String svg() {
        List<Point> all = lines.values().stream().flatMap(List::stream).toList();
        double least = all.stream().mapToDouble(Point::x).min().orElse(1);
        double most = Math.max(all.stream().mapToDouble(Point::x).max().orElse(10), least * 1.01);
        double top = all.stream().mapToDouble(Point::y).max().orElse(1) * 1.1;
        StringBuilder svg = new StringBuilder(String.format(
                Locale.ROOT,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\" "
                        + "font-size=\"12\" fill=\"#808080\">%n",
                WIDTH,
                HEIGHT));
        for (int tick = 0; tick <= 4; tick++) {
            double y = y(top * tick / 4, top);
            svg.append(String.format(
                    Locale.ROOT,
                    "<path d=\"M%d %.1fH%d\" stroke=\"#808080\" stroke-opacity=\"0.3\"/>"
                            + "<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%.2f</text>%n",
                    MARGIN,
                    y,
                    WIDTH - MARGIN,
                    MARGIN - 8,
                    y + 4,
                    top * tick / 4));
        }
        all.stream()
                .mapToDouble(Point::x)
                .distinct()
                .forEach(x -> svg.append(String.format(
                        Locale.ROOT,
                        "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%,.0f</text>%n",
                        x(x, least, most),
                        HEIGHT - MARGIN + 18,
                        x)));
        svg.append(String.format(
                Locale.ROOT,
                "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\">%s</text><text x=\"%d\" y=\"20\">%s</text>%n",
                WIDTH / 2,
                HEIGHT - 12,
                across,
                MARGIN,
                up));
        int number = 0;
        for (Map.Entry<String, List<Point>> line : lines.entrySet()) {
            line(svg, line.getKey(), line.getValue(), number++, least, most, top);
        }
        return svg.append("</svg>\n").toString();
    }

    private static void line(
            StringBuilder svg, String name, List<Point> points, int number, double least, double most, double top) {
        String colour = COLOURS.get(number % COLOURS.size());
        StringBuilder path = new StringBuilder();
        for (Point point : points) {
            path.append(String.format(
                    Locale.ROOT,
                    "%s%.1f %.1f",
                    path.isEmpty() ? "M" : "L",
                    x(point.x(), least, most),
                    y(point.y(), top)));
        }
        svg.append(String.format(
                Locale.ROOT,
                "<path d=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"2\"/>"
                        + "<text x=\"%d\" y=\"%d\" text-anchor=\"end\" fill=\"%s\">%s</text>%n",
                path,
                colour,
                WIDTH - MARGIN,
                20 + 16 * number,
                colour,
                name));
    }

    private static double x(double value, double least, double most) {
        return MARGIN + (WIDTH - 2 * MARGIN) * Math.log(value / least) / Math.log(most / least);
    }

    private static double y(double value, double top) {
        return HEIGHT - MARGIN - (HEIGHT - 2 * MARGIN) * value / top;
    }
}
