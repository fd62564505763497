package dev.meridian.chaos.virtual;

import dev.meridian.chaos.drill.Drill;
import dev.meridian.chaos.report.ReportStyle;
import dev.meridian.chaos.report.ResultFiles;
import dev.meridian.chaos.report.SweepPlot;
import java.util.List;

/** The page of a {@link WhatIf}: a plot and a table that need nothing but themselves. */
public final class WhatIfPage {

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
                .append(points.get(0).sweep().seeds() == 1 ? " seed" : " seeds")
                .append(" each, in virtual time. The command: <code>meridian simulate ")
                .append(ReportStyle.escaped(drill.name()))
                .append(" --what-if ")
                .append(parameter)
                .append("=…</code></p>");
        html.append(plot(points, "rpo.writes", "", "Writes missing at failover"))
                .append(plot(points, "rpo.age", "ms", "Age of the oldest of them"))
                .append(plot(points, "lag.p99", "ms", "Replication lag, 99th percentile"));
        table(html, parameter, points);
        return html.append(ReportStyle.foot()).toString();
    }

    private static String plot(List<WhatIf.Point> points, String measure, String unit, String title) {
        return SweepPlot.html(
                "plot-" + measure,
                title,
                unit,
                points.stream()
                        .map(point -> new SweepPlot.Point(
                                point.value(),
                                point.sweep().spread(measure).p50(),
                                point.sweep().spread(measure).max()))
                        .toList());
    }

    private static void table(StringBuilder html, String parameter, List<WhatIf.Point> points) {
        html.append("<h2>Medians, and the worst</h2><div class=\"scroll\"><table class=\"wide\"><tr><th>")
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
