package dev.meridian.chaos.report;

import dev.meridian.chaos.drill.DrillResult;
import dev.meridian.chaos.drill.History.Outcome;
import dev.meridian.chaos.drill.Measures;
import dev.meridian.chaos.drill.Threshold;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** A run as one page that needs nothing but itself. */
final class HtmlReport {

    private static final Map<String, String> CARDS = cards();

    private HtmlReport() {}

    private static Map<String, String> cards() {
        Map<String, String> cards = new LinkedHashMap<>();
        cards.put("rto", "until clients could write again");
        cards.put("rpo.writes", "writes missing at failover");
        cards.put("rpo.age", "age of the oldest of them");
        cards.put("lost-acknowledged-writes", "acknowledged, lost for good");
        cards.put("conflicts", "overwritten, on record");
        cards.put("converge-after-heal", "until replicas were equal");
        return cards;
    }

    static String page(DrillResult result, RunEnvironment environment) {
        String verdict = ResultFiles.word(result.verdict());
        StringBuilder html = new StringBuilder(64_000);
        html.append(ReportStyle.head(result.drill().title()))
                .append("<header class=\"")
                .append(verdict)
                .append("\"><p><b class=\"verdict\" id=\"verdict\">")
                .append(verdict)
                .append("</b> <span class=\"soft\">")
                .append(ReportStyle.escaped(result.drill().name()))
                .append(" · ")
                .append(environment.mode().words())
                .append("</span></p><h1>")
                .append(ReportStyle.escaped(result.drill().title()))
                .append("</h1>");
        if (!result.reason().isEmpty()) {
            html.append("<p id=\"reason\">")
                    .append(ReportStyle.escaped(result.reason()))
                    .append(".</p>");
        }
        html.append("<p class=\"soft\">")
                .append(ReportStyle.escaped(result.drill().story()))
                .append("</p></header>");
        cards(html, result);
        thresholds(html, result);
        html.append("<h2>What the clients and the replicas saw</h2>")
                .append(RunCharts.html(result))
                .append("<h2>What happened</h2>");
        events(html, result);
        html.append(ConflictTable.html(result));
        counts(html, result);
        measures(html, result);
        return html.append(RunFacts.html(result, environment))
                .append(ReportStyle.foot())
                .toString();
    }

    private static void cards(StringBuilder html, DrillResult result) {
        html.append("<div class=\"cards\">");
        CARDS.forEach((measure, words) -> html.append("<div class=\"card\"><b id=\"card-")
                .append(measure)
                .append("\">")
                .append(shown(result, measure))
                .append("</b>")
                .append(words)
                .append("</div>"));
        html.append("</div>");
    }

    private static String shown(DrillResult result, String measure) {
        Double value = result.measures().get(measure);
        return value == null ? "not measured" : Threshold.show(measure, value);
    }

    private static void thresholds(StringBuilder html, DrillResult result) {
        html.append(
                        "<h2>What had to hold</h2><table id=\"thresholds\"><tr><th>threshold</th><th class=\"n\">measured</th>")
                .append("<th></th></tr>");
        for (Threshold threshold : result.drill().thresholds()) {
            boolean isMeasured = result.measures().containsKey(threshold.measure());
            boolean holds = isMeasured && !result.failed().contains(threshold);
            html.append("<tr><td>")
                    .append(ReportStyle.escaped(threshold.text()))
                    .append("</td><td class=\"n\">")
                    .append(shown(result, threshold.measure()))
                    .append("</td><td class=\"")
                    .append(holds ? "passed\">holds" : isMeasured ? "failed\">does not hold" : "inconclusive\">unknown")
                    .append("</td></tr>");
        }
        for (String sometimes : result.drill().sometimes()) {
            boolean happened = Measures.happened(sometimes, result.measures());
            html.append("<tr><td>sometimes: ")
                    .append(ReportStyle.escaped(sometimes))
                    .append("</td><td></td><td class=\"")
                    .append(happened ? "passed\">happened" : "inconclusive\">did not happen")
                    .append("</td></tr>");
        }
        html.append("</table>");
    }

    private static void counts(StringBuilder html, DrillResult result) {
        html.append("<h2>Operations</h2><table id=\"counts\"><tr><th></th><th class=\"n\">done</th>")
                .append("<th class=\"n\">refused</th><th class=\"n\">unknown</th></tr>");
        for (boolean isPut : new boolean[] {true, false}) {
            html.append("<tr><td>").append(isPut ? "writes" : "reads").append("</td>");
            for (Outcome outcome : Outcome.values()) {
                html.append("<td class=\"n\">")
                        .append(result.count(isPut, outcome))
                        .append("</td>");
            }
            html.append("</tr>");
        }
        html.append("</table>");
    }

    private static void measures(StringBuilder html, DrillResult result) {
        html.append("<h2>Measures</h2><table>");
        for (String name : Measures.NAMES.keySet()) {
            html.append("<tr><td>")
                    .append(name)
                    .append("<br><span class=\"soft small\">")
                    .append(MeasureNotes.of(name))
                    .append("</span></td><td class=\"n\" id=\"measure-")
                    .append(name)
                    .append("\">")
                    .append(shown(result, name))
                    .append("</td></tr>");
        }
        html.append("</table>");
    }

    private static void events(StringBuilder html, DrillResult result) {
        html.append("<table id=\"events\">");
        for (DrillResult.Event event : result.events()) {
            html.append(String.format(
                    Locale.ROOT,
                    "<tr><td class=\"n at\">%.1f s</td><td>%s</td></tr>",
                    event.atMillis() / 1_000,
                    ReportStyle.escaped(event.what())));
        }
        html.append("</table>");
    }
}
