package dev.meridian.chaos.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReportServerTest {

    private static final String RESULTS = """
            {"drill": "one", "title": "A <drill>", "seed": 3, "verdict": "passed",
             "measures": {"rto": {"value": %s, "unit": "ms"}, "errors": {"value": 0, "unit": "%%"}}, "events": [{"what": "x"}]}
            """;

    @TempDir
    private Path folder = Path.of("");

    private final Vertx vertx = Vertx.vertx();
    private String url = "";

    @BeforeEach
    void open() throws IOException {
        Path run = Files.createDirectories(folder.resolve("reports").resolve("one"));
        Files.writeString(run.resolve("results.json"), RESULTS.formatted("1500.0"));
        Files.writeString(run.resolve("index.html"), "<p>the report</p>");
        Files.writeString(folder.resolve("secret.html"), "nobody's business");
        url = "http://127.0.0.1:"
                + new ReportServer(vertx, folder.resolve("reports"))
                        .open("127.0.0.1", 0)
                        .toCompletableFuture()
                        .join();
    }

    @AfterEach
    void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(URI.create(url + path)).build(), HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void listsRunsAndServesTheirPages() throws Exception {
        assertThat(get("/").body()).contains("A &lt;drill&gt;", "class=\"passed\"", "href=\"/one/index.html\"");
        assertThat(get("/one/index.html").body()).isEqualTo("<p>the report</p>");
        assertThat(get("/one/results.json").headers().firstValue("Content-Type"))
                .contains("application/json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/two/index.html", "/one/../../secret.html", "/one/%2e%2e", "/..%2fsecret.html", "/one"})
    void servesNothingElse(String path) throws Exception {
        assertThat(get(path).statusCode()).isEqualTo(404);
    }

    @Test
    void twoRunsSideBySide() throws IOException {
        Path other = folder.resolve("results.json");
        Files.writeString(other, RESULTS.formatted("3000").replace("passed", "failed"));
        RunComparison comparison =
                new RunComparison(RunSummary.read(folder.resolve("reports").resolve("one")), RunSummary.read(other));
        assertThat(comparison.before().measures()).isEqualTo(Map.of("rto", 1500.0, "errors", 0.0));
        assertThat(comparison.lines())
                .containsExactly(
                        new RunComparison.Line("rto", "1.50 s", "3.00 s", "+100 %"),
                        new RunComparison.Line("errors", "0 %", "0 %", "="));
        assertThat(comparison.isWorse()).isTrue();
    }
}
