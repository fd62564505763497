package dev.meridian.chaos.report;

import dev.meridian.chaos.drill.DrillResult;
import dev.meridian.chaos.drill.Sightings.Overwritten;
import dev.meridian.chaos.drill.Sightings.Side;
import dev.meridian.chaos.drill.Threshold;
import java.util.List;
import java.util.regex.Pattern;

/** The writes that lost, with what was kept and what was thrown away. */
final class ConflictTable {

    /** A text so long is padding to whoever reads a table. */
    private static final Pattern LONG_TEXT = Pattern.compile("\"([^\"\\\\]{16})[^\"\\\\]{17,}\"");

    /** So many are open to the eye at once. */
    private static final int SHOWN = 8;

    private ConflictTable() {}

    static String html(DrillResult result) {
        List<Overwritten> conflicts = result.sightings().conflicts();
        double total = result.measures().getOrDefault("conflicts", 0.0);
        StringBuilder html = new StringBuilder("<h2>Conflicts</h2><p class=\"soft\">");
        if (conflicts.isEmpty()) {
            return html.append("No write lost to one that did not know of it.</p>")
                    .toString();
        }
        html.append("Of <b id=\"conflicts\">")
                .append(Threshold.show("conflicts", total))
                .append("</b> writes that lost to one that did not know of them, ")
                .append(conflicts.size() < total ? "the newest " + conflicts.size() : "all")
                .append(". Every one of them had been acknowledged to its client.</p>")
                .append(table(conflicts.subList(0, Math.min(SHOWN, conflicts.size()))));
        if (conflicts.size() > SHOWN) {
            html.append("<details><summary>")
                    .append(conflicts.size() - SHOWN)
                    .append(" more</summary>")
                    .append(table(conflicts.subList(SHOWN, conflicts.size())))
                    .append("</details>");
        }
        return html.toString();
    }

    private static String table(List<Overwritten> conflicts) {
        StringBuilder html = new StringBuilder("<div class=\"scroll\"><table class=\"conflicts\"><tr><th>key</th>")
                .append("<th>lost</th><th>kept</th><th>rule</th><th class=\"n\">later by</th></tr>");
        for (Overwritten conflict : conflicts) {
            html.append("<tr><td>")
                    .append(ReportStyle.escaped(conflict.key()))
                    .append("</td><td>")
                    .append(side(conflict.loser()))
                    .append("</td><td>")
                    .append(side(conflict.winner()))
                    .append("</td><td>")
                    .append(rule(conflict))
                    .append("</td><td class=\"n\">")
                    .append(Threshold.show("rto", conflict.marginMillis()))
                    .append("</td></tr>");
        }
        return html.append("</table></div>").toString();
    }

    private static String rule(Overwritten conflict) {
        return conflict.rule().equals("REGION_NAME") ? "same stamp: region name" : "later stamp";
    }

    private static String side(Side side) {
        String image = side.image().isEmpty()
                ? "deleted"
                : LONG_TEXT.matcher(side.image()).replaceAll("\"$1…\"");
        return "<span class=\"soft\">" + ReportStyle.escaped(side.region()) + "</span><br><code>"
                + ReportStyle.escaped(image) + "</code>";
    }
}
