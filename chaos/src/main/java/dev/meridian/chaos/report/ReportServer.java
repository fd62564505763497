package dev.meridian.chaos.report;

import dev.meridian.chaos.drill.Threshold;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Serves a folder of reports: a list of its runs, and their files. Reads only. */
public final class ReportServer {

    private static final Pattern FILE = Pattern.compile("/([A-Za-z0-9][A-Za-z0-9._-]*)/([A-Za-z0-9][A-Za-z0-9._-]*)");
    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "json", "application/json",
            "jsonl", "application/jsonl",
            "xml", "application/xml");

    /** What the list tells of a run. */
    private static final List<String> MEASURES = List.of("rto", "rpo.writes");

    private final Path folder;
    private final HttpServer server;

    public ReportServer(Vertx vertx, Path folder) {
        this.folder = folder;
        this.server = vertx.createHttpServer().requestHandler(this::handle);
    }

    /** Opens the door; completes with its port. */
    public CompletionStage<Integer> open(String host, int port) {
        return server.listen(port, host).map(HttpServer::actualPort).toCompletionStage();
    }

    public CompletionStage<Void> close() {
        return server.close().toCompletionStage();
    }

    private void handle(HttpServerRequest request) {
        Matcher file = FILE.matcher(request.path());
        try {
            if (request.method() != HttpMethod.GET) {
                request.response().setStatusCode(405).end();
            } else if (request.path().equals("/")) {
                request.response().putHeader("Content-Type", TYPES.get("html")).end(index());
            } else if (file.matches() && isServed(file.group(1), file.group(2))) {
                request.response()
                        .putHeader("Content-Type", TYPES.getOrDefault(extension(file.group(2)), "text/plain"))
                        .sendFile(folder.resolve(file.group(1))
                                .resolve(file.group(2))
                                .toString());
            } else {
                request.response().setStatusCode(404).end("there is no such report\n");
            }
        } catch (IOException unreadable) {
            request.response().setStatusCode(500).end(unreadable.getMessage() + "\n");
        }
    }

    private boolean isServed(String run, String file) {
        return TYPES.containsKey(extension(file))
                && Files.isRegularFile(folder.resolve(run).resolve(file));
    }

    private static String extension(String file) {
        return file.substring(file.lastIndexOf('.') + 1);
    }

    private String index() throws IOException {
        StringBuilder html = new StringBuilder(ReportStyle.head("Drills"));
        html.append("<h1>Drills</h1>");
        html.append(
                "<table id=\"runs\"><tr><th>run</th><th>verdict</th><th class=\"n\">RTO</th><th class=\"n\">RPO</th></tr>");
        int runs = 0;
        for (Path run : children(folder)) {
            List<String> pages = Files.isDirectory(run)
                    ? children(run).stream()
                            .map(page -> page.getFileName().toString())
                            .filter(page -> page.endsWith(".html"))
                            .toList()
                    : List.of();
            if (!pages.isEmpty()) {
                row(html, run, pages);
                runs++;
            }
        }
        html.append("</table>");
        if (runs == 0) {
            html.append("<p class=\"soft\">There is no report in ")
                    .append(ReportStyle.escaped(folder.toString()))
                    .append(" yet: run <code>meridian drill run lose-us-east-1</code>.</p>");
        }
        return html.append(ReportStyle.foot()).toString();
    }

    private static void row(StringBuilder html, Path run, List<String> pages) {
        String name = ReportStyle.escaped(run.getFileName().toString());
        Optional<RunSummary> summary = summary(run);
        html.append("<tr><td>");
        for (String page : pages) {
            boolean isReport = page.equals("index.html") && summary.isPresent();
            html.append("<a href=\"/")
                    .append(name)
                    .append('/')
                    .append(ReportStyle.escaped(page))
                    .append("\">")
                    .append(ReportStyle.escaped(isReport ? summary.get().title() : page.replace(".html", "")))
                    .append("</a> ");
        }
        String verdict = ReportStyle.escaped(summary.map(RunSummary::verdict).orElse(""));
        html.append("<br><span class=\"soft small\">")
                .append(name)
                .append("</span></td><td class=\"")
                .append(verdict)
                .append("\">")
                .append(verdict)
                .append("</td>");
        for (String measure : MEASURES) {
            html.append("<td class=\"n\">")
                    .append(summary.map(RunSummary::measures)
                            .map(measures -> measures.get(measure))
                            .map(value -> Threshold.show(measure, value))
                            .orElse(""))
                    .append("</td>");
        }
        html.append("</tr>");
    }

    /** What a run came to; nothing where the folder holds none, or one that cannot be read. */
    private static Optional<RunSummary> summary(Path run) {
        try {
            return Files.isRegularFile(run.resolve("results.json"))
                    ? Optional.of(RunSummary.read(run))
                    : Optional.empty();
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    private static List<Path> children(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }
}
