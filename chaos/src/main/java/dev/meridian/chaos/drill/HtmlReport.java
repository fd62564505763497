package dev.meridian.chaos.drill;

import dev.meridian.chaos.drill.History.Operation;
import dev.meridian.chaos.drill.History.Outcome;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** A run as one page that needs nothing but itself. */
final class HtmlReport {

    private static final int WIDTH = 960;
    private static final int HEIGHT = 160;
    private static final int LEFT = 56;
    private static final int BOTTOM = 22;

    private HtmlReport() {}

    static String page(DrillResult result) {
        Drill drill = result.drill();
        String verdict = ResultFiles.word(result.verdict());
        StringBuilder html = new StringBuilder(32_000);
        html.append(ReportStyle.head(drill.title()))
                .append("<p class=\"verdict ")
                .append(verdict)
                .append("\" id=\"verdict\">")
                .append(verdict)
                .append("</p><h1>")
                .append(ReportStyle.escaped(drill.title()))
                .append("</h1>");
        if (!result.reason().isEmpty()) {
            html.append("<p>").append(ReportStyle.escaped(result.reason())).append(".</p>");
        }
        html.append("<p class=\"soft\">")
                .append(ReportStyle.escaped(drill.story()))
                .append("</p>");
        cards(html, result);
        thresholds(html, result);
        charts(html, result);
        measures(html, result);
        events(html, result);
        html.append("<h2>How to repeat it</h2><p><code>")
                .append(ReportStyle.escaped(result.command()))
                .append("</code> with seed ")
                .append(drill.seed())
                .append(", regions ")
                .append(ReportStyle.escaped(String.join(", ", drill.topology().regions())))
                .append(", latency ")
                .append(ReportStyle.escaped(drill.topology().latency()))
                .append(".</p>")
                .append(ReportStyle.foot());
        return html.toString();
    }

    private static void cards(StringBuilder html, DrillResult result) {
        html.append("<div class=\"cards\">");
        for (Map.Entry<String, String> card : Map.of(
                        "rto", "time to recover",
                        "rpo.writes", "writes lost at failover",
                        "rpo.age", "age of the oldest of them",
                        "lost-acknowledged-writes", "acknowledged, lost for good",
                        "conflicts", "overwritten, on record",
                        "converge-after-heal", "until replicas were equal")
                .entrySet()
                .stream()
                .sorted(Map.Entry.comparingByKey((a, b) -> Integer.compare(order(a), order(b))))
                .toList()) {
            html.append("<div class=\"card\"><b id=\"card-")
                    .append(card.getKey())
                    .append("\">")
                    .append(shown(result, card.getKey()))
                    .append("</b>")
                    .append(card.getValue())
                    .append("</div>");
        }
        html.append("</div>");
    }

    private static int order(String measure) {
        return new ArrayList<>(Measures.NAMES.keySet()).indexOf(measure);
    }

    private static String shown(DrillResult result, String measure) {
        Double value = result.measures().get(measure);
        return value == null ? "not measured" : Threshold.show(measure, value);
    }

    private static void thresholds(StringBuilder html, DrillResult result) {
        html.append("<h2>What had to hold</h2><table><tr><th>threshold</th><th>measured</th><th></th></tr>");
        for (Threshold threshold : result.drill().thresholds()) {
            boolean holds = !result.failed().contains(threshold);
            html.append("<tr><td>")
                    .append(ReportStyle.escaped(threshold.text()))
                    .append("</td><td>")
                    .append(shown(result, threshold.measure()))
                    .append("</td><td class=\"")
                    .append(holds ? "passed\">holds" : "failed\">does not hold")
                    .append("</td></tr>");
        }
        html.append("</table>");
    }

    private static void measures(StringBuilder html, DrillResult result) {
        html.append("<h2>Measures</h2><table>");
        for (String name : Measures.NAMES.keySet()) {
            html.append("<tr><td>")
                    .append(name)
                    .append("</td><td class=\"n\" id=\"measure-")
                    .append(name)
                    .append("\">")
                    .append(shown(result, name))
                    .append("</td></tr>");
        }
        html.append("</table>");
    }

    private static void events(StringBuilder html, DrillResult result) {
        html.append("<h2>What happened</h2><table>");
        for (DrillResult.Event event : result.events()) {
            html.append(String.format(
                    Locale.ROOT,
                    "<tr><td class=\"n\">%.1f s</td><td>%s</td></tr>",
                    event.atMillis() / 1_000,
                    ReportStyle.escaped(event.what())));
        }
        html.append("</table>");
    }

    private static void charts(StringBuilder html, DrillResult result) {
        int seconds = 1
                + (int) (result.operations().stream()
                                .mapToDouble(Operation::endMillis)
                                .max()
                                .orElse(0)
                        / 1_000);
        html.append("<h2>Operations a second</h2><p class=\"soft\">Blue: answered. Red: failed. ")
                .append("The bands are the faults.</p>");
        double[] done = perSecond(result, seconds, operation -> operation.outcome() == Outcome.DONE ? 1 : 0);
        double[] failed = perSecond(result, seconds, operation -> operation.outcome() == Outcome.DONE ? 0 : 1);
        chart(html, result, seconds, List.of(done, failed));
        html.append("<h2>Latency in ms</h2><p class=\"soft\">Blue: median. Red: 99th percentile.</p>");
        chart(html, result, seconds, List.of(latency(result, seconds, 0.5), latency(result, seconds, 0.99)));
    }

    private static double[] perSecond(DrillResult result, int seconds, ToDoubleFunction<Operation> weight) {
        double[] sums = new double[seconds];
        for (Operation operation : result.operations()) {
            sums[(int) (operation.endMillis() / 1_000)] += weight.applyAsDouble(operation);
        }
        return sums;
    }

    private static double[] latency(DrillResult result, int seconds, double share) {
        List<List<Double>> times = new ArrayList<>();
        for (int second = 0; second < seconds; second++) {
            times.add(new ArrayList<>());
        }
        for (Operation operation : result.operations()) {
            if (operation.outcome() == Outcome.DONE) {
                times.get((int) (operation.endMillis() / 1_000)).add(operation.endMillis() - operation.startMillis());
            }
        }
        double[] values = new double[seconds];
        for (int second = 0; second < seconds; second++) {
            List<Double> sorted = times.get(second).stream().sorted().toList();
            values[second] =
                    sorted.isEmpty() ? 0 : sorted.get((int) Math.min(sorted.size() - 1, share * sorted.size()));
        }
        return values;
    }

    private static void chart(StringBuilder html, DrillResult result, int seconds, List<double[]> lines) {
        double top =
                Math.max(1, lines.stream().flatMapToDouble(Arrays::stream).max().orElse(1));
        double step = (WIDTH - LEFT) / (double) Math.max(1, seconds - 1);
        html.append("<div class=\"scroll\"><svg viewBox=\"0 0 ")
                .append(WIDTH)
                .append(' ')
                .append(HEIGHT + BOTTOM)
                .append("\" role=\"img\">");
        for (Drill.Step fault : result.drill().steps()) {
            double from = LEFT + fault.atMillis() / 1_000.0 * step;
            double length = (fault.forMillis() == 0 ? result.drill().load().forMillis() : fault.forMillis()) / 1_000.0;
            html.append(String.format(
                    Locale.ROOT,
                    "<rect x=\"%.1f\" y=\"0\" width=\"%.1f\" height=\"%d\" fill=\"var(--band)\"><title>%s</title></rect>",
                    from,
                    Math.max(2, Math.min(WIDTH - from, length * step)),
                    HEIGHT,
                    ReportStyle.escaped(fault.fault().describe())));
        }
        String[] colours = {"var(--one)", "var(--two)"};
        for (int i = 0; i < lines.size(); i++) {
            StringBuilder points = new StringBuilder();
            for (int second = 0; second < seconds; second++) {
                points.append(String.format(
                        Locale.ROOT,
                        "%.1f,%.1f ",
                        LEFT + second * step,
                        HEIGHT - lines.get(i)[second] / top * (HEIGHT - 10)));
            }
            html.append("<polyline fill=\"none\" stroke-width=\"2\" stroke=\"")
                    .append(colours[i])
                    .append("\" points=\"")
                    .append(points.toString().strip())
                    .append("\"/>");
        }
        html.append(String.format(
                Locale.ROOT,
                "<text x=\"0\" y=\"14\">%.0f</text><text x=\"0\" y=\"%d\">0</text><text x=\"%d\" y=\"%d\">0 s</text>"
                        + "<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%d s</text></svg></div>",
                top,
                HEIGHT,
                LEFT,
                HEIGHT + 16,
                WIDTH,
                HEIGHT + 16,
                seconds));
    }
}
