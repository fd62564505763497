package dev.meridian.chaos.control;

import dev.meridian.chaos.report.ReportStyle;
import dev.meridian.node.http.HttpResource;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Set;

/** A page at {@code /_meridian/} that tells a browser what else the front door has; must come after all other resources. */
public final class ControlIndex implements HttpResource {

    private static final String PREFIX = "/_meridian";
    private static final Set<String> PATHS = Set.of(PREFIX, PREFIX + "/");

    /** What can be asked for as it stands. */
    private static final List<List<String>> TOLD = List.of(
            List.of("/_meridian/v1/world", "regions, links, clocks, lags, pending records", "meridian status"),
            List.of(
                    "/_meridian/v1/replication",
                    "for every table and ordered pair of regions what is pending and since when, and the safe time",
                    "meridian replication"),
            List.of(
                    "/_meridian/v1/conflicts",
                    "writes that lost to one they did not know, with both images",
                    "meridian conflicts"),
            List.of("/_meridian/v1/contents", "each region's tables: items and digests", "meridian converge"),
            List.of("/_meridian/v1/front-door", "how this door chooses regions", "meridian door route"),
            List.of("/health", "each region's state", ""),
            List.of("/ready", "200 once nothing is starting any more", ""),
            List.of("/metrics", "figures of every region, for Prometheus", ""));

    /** What wants parameters, or changes something. */
    private static final List<List<String>> ASKED = List.of(
            List.of(
                    "GET /_meridian/v1/items?table=&key=",
                    "an item in every region, side by side",
                    "meridian item diff"),
            List.of("GET /_meridian/v1/history?table=&key=", "an item's versions on record", "meridian item history"),
            List.of(
                    "POST /_meridian/v1/regions/{region}:kill, :pause, :drain, :undrain, :heal",
                    "a region's life",
                    "meridian region"),
            List.of(
                    "PUT /_meridian/v1/regions/{region}/clock, /disk, /start, /memory, /capacity",
                    "what is wrong with a region",
                    "meridian region"),
            List.of(
                    "PUT /_meridian/v1/links/{from}/{to}, POST :cut, :heal",
                    "what is wrong with a link",
                    "meridian link"),
            List.of("PUT /_meridian/v1/door/faults", "what is wrong with the regions' doors", "meridian door"),
            List.of("POST /_meridian/v1/heal", "makes everything sound", "meridian heal"),
            List.of("POST /_meridian/v1/converge", "waits until the regions agree", "meridian converge"));

    private static final String PAGE = page();

    @Override
    public String pathPrefix() {
        return PREFIX;
    }

    @Override
    public void handle(HttpServerRequest request) {
        if (PATHS.contains(request.path())) {
            request.response()
                    .putHeader("Content-Type", "text/html; charset=utf-8")
                    .end(PAGE);
        } else {
            request.response()
                    .setStatusCode(404)
                    .putHeader("Content-Type", "application/json")
                    .end("{\"error\":\"no such resource; GET /_meridian/ tells what there is\"}");
        }
    }

    private static String page() {
        StringBuilder page = new StringBuilder(ReportStyle.head("Meridian"))
                .append(
                        "<h1>Meridian</h1><p>This is the front door of a set of regions. SDKs and the AWS CLI speak DynamoDB ")
                .append(
                        "to it; besides that it has</p><table><tr><th>resource<th>what it tells<th>the same as a command");
        for (List<String> row : TOLD) {
            page.append("<tr><td><a href=\"")
                    .append(row.get(0))
                    .append("\">")
                    .append(row.get(0))
                    .append("</a>");
            append(page, row);
        }
        page.append("</table><p>and, with parameters or to break and mend things,</p>")
                .append("<table><tr><th>call<th>what it is about<th>the same as a command");
        for (List<String> row : ASKED) {
            page.append("<tr><td><code>")
                    .append(ReportStyle.escaped(row.get(0)))
                    .append("</code>");
            append(page, row);
        }
        return page.append("</table><p class=\"soft\">The pages <i>operating</i> and <i>faults</i> of Meridian's ")
                .append("documentation tell of each in full.</p>")
                .append(ReportStyle.foot())
                .toString();
    }

    private static void append(StringBuilder page, List<String> row) {
        page.append("<td>").append(ReportStyle.escaped(row.get(1))).append("<td>");
        if (!row.get(2).isEmpty()) {
            page.append("<code>").append(row.get(2)).append("</code>");
        }
    }
}
