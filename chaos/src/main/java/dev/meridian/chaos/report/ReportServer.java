package dev.meridian.chaos.report;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
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
        html.append("<h1>Drills</h1><table><tr><th>run</th><th>verdict</th><th>pages</th></tr>");
        for (Path run : children(folder)) {
            List<String> pages = Files.isDirectory(run)
                    ? children(run).stream()
                            .map(page -> page.getFileName().toString())
                            .filter(page -> page.endsWith(".html"))
                            .toList()
                    : List.of();
            if (!pages.isEmpty()) {
                row(html, run, pages);
            }
        }
        return html.append("</table>").append(ReportStyle.foot()).toString();
    }

    private static void row(StringBuilder html, Path run, List<String> pages) throws IOException {
        boolean isRun = Files.isRegularFile(run.resolve("results.json"));
        String verdict = isRun ? RunSummary.read(run).verdict() : "";
        String name = ReportStyle.escaped(run.getFileName().toString());
        html.append("<tr><td>")
                .append(
                        isRun
                                ? ReportStyle.escaped(RunSummary.read(run).title()) + " <span class=\"soft\">" + name
                                        + "</span>"
                                : name)
                .append("</td><td class=\"")
                .append(ReportStyle.escaped(verdict))
                .append("\">")
                .append(ReportStyle.escaped(verdict))
                .append("</td><td>");
        for (String page : pages) {
            html.append("<a href=\"/")
                    .append(name)
                    .append('/')
                    .append(ReportStyle.escaped(page))
                    .append("\">")
                    .append(ReportStyle.escaped(page))
                    .append("</a> ");
        }
        html.append("</td></tr>");
    }

    private static List<Path> children(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }
}
