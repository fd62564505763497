package dev.meridian.chaos.report;

import dev.meridian.chaos.drill.Drill;
import dev.meridian.chaos.drill.DrillResult;
import dev.meridian.chaos.fault.FaultBoard;
import dev.meridian.chaos.fault.LatencyPreset;
import dev.meridian.chaos.fault.LinkFault;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** What a run stood on: its regions and links, its load, where it ran, and how to run it again. */
final class RunFacts {

    private RunFacts() {}

    static String html(DrillResult result, RunEnvironment environment) {
        Drill drill = result.drill();
        Drill.Load load = drill.load();
        StringBuilder html = new StringBuilder("<h2>Topology</h2>");
        matrix(html, drill.topology());
        html.append("<h2>Load</h2><dl>");
        row(html, "mode", words(load.mode().name()) + (load.mode() == Drill.WriteMode.ONE_REGION ? order(load) : ""));
        row(html, "workload", words(load.workload().name()));
        row(
                html,
                "rate",
                rate(load.perSecond()) + ", open, for " + load.forMillis() / 1_000 + " s; " + load.putPercent()
                        + " % writes"
                        + (load.strongReads() ? ", strongly consistent reads" : ""));
        row(html, "keys", keys(load) + "; items of " + load.itemBytes() + " bytes");
        row(
                html,
                "client",
                "gives up after " + load.timeoutMillis() + " ms"
                        + (load.session() ? ", and carries its session's token from region to region" : "")
                        + (load.mode() == Drill.WriteMode.ONE_REGION
                                ? ", and goes to the next region after " + load.detectAfter() + " failures in a row"
                                : ""));
        html.append("</dl><h2>Where it ran</h2><dl>");
        row(html, "mode", environment.mode().words());
        row(html, "began", environment.began());
        row(html, "Meridian", environment.meridian());
        row(html, "Java", environment.java());
        row(html, "machine", environment.machine());
        html.append("</dl><h2>How to repeat it</h2><p><code id=\"command\">")
                .append(ReportStyle.escaped(result.command()))
                .append("</code></p><p class=\"soft\">Seed <b id=\"seed\">")
                .append(drill.seed())
                .append(
                        "</b>: every choice of the load follows from it.</p><h2>What this does not show</h2><p class=\"soft\">")
                .append(ReportStyle.escaped(environment.mode().boundary()))
                .append("</p>");
        return html.toString();
    }

    private static String order(Drill.Load load) {
        return ", " + String.join(", then ", join(load.home(), load.failoverTo()));
    }

    private static List<String> join(String first, List<String> others) {
        return Stream.concat(Stream.of(first), others.stream()).toList();
    }

    private static String keys(Drill.Load load) {
        if (load.keys() == 0) {
            return "each write has a key of its own";
        }
        return load.skew() == 0
                ? load.keys() + " keys, all alike"
                : String.format(Locale.ROOT, "%d keys, zipf(%s)", load.keys(), load.skew());
    }

    private static String words(String constant) {
        return constant.toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static void row(StringBuilder html, String name, String value) {
        html.append("<dt>")
                .append(ReportStyle.escaped(name))
                .append("</dt><dd>")
                .append(ReportStyle.escaped(value))
                .append("</dd>");
    }

    /** One-way latencies, from the region on the left to the one above. */
    private static void matrix(StringBuilder html, Drill.Topology topology) {
        Map<FaultBoard.Direction, LinkFault> links = LatencyPreset.of(topology.latency(), topology.regions());
        html.append("<p class=\"soft\">")
                .append(topology.regions().size())
                .append(" regions; latency ")
                .append(ReportStyle.escaped(topology.latency()))
                .append(": one way, in ms, from the left to the top")
                .append(topology.isStrong() ? "; a strongly consistent table" : "")
                .append(".</p>")
                .append("<div class=\"scroll\"><table id=\"topology\"><tr><th></th>");
        topology.regions()
                .forEach(to -> html.append("<th class=\"n\">")
                        .append(ReportStyle.escaped(to))
                        .append("</th>"));
        html.append("</tr>");
        for (String from : topology.regions()) {
            html.append("<tr><td>").append(ReportStyle.escaped(from)).append("</td>");
            for (String to : topology.regions()) {
                LinkFault link = links.get(new FaultBoard.Direction(from, to));
                html.append("<td class=\"n\">")
                        .append(link == null ? "·" : Long.toString(link.latencyMillis()))
                        .append("</td>");
            }
            html.append("</tr>");
        }
        html.append("</table></div>");
    }

    private static String rate(double perSecond) {
        return String.format(
                Locale.ROOT,
                perSecond == Math.rint(perSecond) ? "%.0f operations a second" : "%.2f operations a second",
                perSecond);
    }
}
