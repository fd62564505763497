package dev.meridian.chaos.virtual;

import dev.meridian.chaos.drill.Drill;
import dev.meridian.chaos.report.ReportStyle;
import dev.meridian.chaos.report.ResultFiles;
import java.util.List;
import java.util.Locale;

/** The page of a {@link WhatIf}: a plot and a table that need nothing but themselves. */
public final class WhatIfPage {

    private static final int WIDTH = 960;
    private static final int HEIGHT = 220;
    private static final int LEFT = 70;
    private static final int BOTTOM = 26;

    /** What is shown against the parameter. */
    public static final List<String> MEASURES =
            List.of("rpo.writes", "rpo.age", "rto", "lag.p99", "converge-after-heal", "conflicts");

    private WhatIfPage() {}

    public static String page(Drill drill, String parameter, List<WhatIf.Point> points) {
        StringBuilder html = new StringBuilder(16_000);
        html.append(ReportStyle.head("What if: " + parameter))
                .append("<p class=\"soft\">")
                .append(ReportStyle.escaped(drill.title()))
                .append("</p><h1>RPO against ")
                .append(parameter)
                .append("</h1><p>")
                .append(points.get(0).sweep().seeds())
                .append(" seeds each, in virtual time.</p>");
        plot(html, parameter, points, "rpo.writes", "Writes lost at failover");
        plot(html, parameter, points, "rpo.age", "Age of the oldest of them in ms");
        table(html, parameter, points);
        return html.append(ReportStyle.foot()).toString();
    }

    private static void plot(
            StringBuilder html, String parameter, List<WhatIf.Point> points, String measure, String title) {
        double top = Math.max(
                1,
                points.stream()
                        .mapToDouble(point -> point.sweep().spread(measure).max())
                        .max()
                        .orElse(1));
        html.append("<h2>")
                .append(title)
                .append(
                        "</h2><p class=\"soft\">Blue: median of the seeds. Red: the worst.</p><div class=\"scroll\"><svg ")
                .append(String.format(
                        Locale.ROOT,
                        "viewBox=\"0 0 %d %d\" role=\"img\"><text x=\"0\" y=\"14\">%.0f</text><text x=\"0\" y=\"%d\">0</text>",
                        WIDTH,
                        HEIGHT + BOTTOM,
                        top,
                        HEIGHT));
        StringBuilder median = new StringBuilder();
        StringBuilder worst = new StringBuilder();
        for (int i = 0; i < points.size(); i++) {
            SeedSweep.Spread spread = points.get(i).sweep().spread(measure);
            double x = LEFT + (i + 0.5) * (WIDTH - LEFT) / points.size();
            dot(html, x, spread.p50() / top, "var(--one)", median);
            dot(html, x, spread.max() / top, "var(--two)", worst);
            html.append(String.format(
                    Locale.ROOT,
                    "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%s</text>",
                    x,
                    HEIGHT + 18,
                    ReportStyle.escaped(points.get(i).value())));
        }
        html.append(line(median, "var(--one)"))
                .append(line(worst, "var(--two)"))
                .append("<title>")
                .append(ReportStyle.escaped(title + " against " + parameter))
                .append("</title></svg></div>");
    }

    private static void dot(StringBuilder html, double x, double height, String colour, StringBuilder points) {
        double y = HEIGHT - height * (HEIGHT - 12);
        html.append(String.format(Locale.ROOT, "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"4\" fill=\"%s\"/>", x, y, colour));
        points.append(String.format(Locale.ROOT, "%.1f,%.1f ", x, y));
    }

    private static String line(StringBuilder points, String colour) {
        return "<polyline fill=\"none\" stroke-width=\"2\" stroke=\"" + colour + "\" points=\""
                + points.toString().strip() + "\"/>";
    }

    private static void table(StringBuilder html, String parameter, List<WhatIf.Point> points) {
        html.append("<h2>Medians, and the worst</h2><div class=\"scroll\"><table><tr><th>")
                .append(parameter)
                .append("</th><th>passed</th>");
        MEASURES.forEach(measure -> html.append("<th>").append(measure).append("</th>"));
        html.append("</tr>");
        for (WhatIf.Point point : points) {
            html.append("<tr><td>")
                    .append(ReportStyle.escaped(point.value()))
                    .append("</td><td>")
                    .append(point.sweep().count(dev.meridian.chaos.drill.DrillResult.Verdict.PASSED))
                    .append(" of ")
                    .append(point.sweep().seeds())
                    .append("</td>");
            for (String measure : MEASURES) {
                html.append("<td>").append(cell(point, measure)).append("</td>");
            }
            html.append("</tr>");
        }
        html.append("</table></div>");
    }

    /** A measure's median over the seeds, and its worst. */
    public static String cell(WhatIf.Point point, String measure) {
        SeedSweep.Spread spread = point.sweep().spread(measure);
        return ResultFiles.show(measure, spread.p50()) + " – " + ResultFiles.show(measure, spread.max());
    }
}
