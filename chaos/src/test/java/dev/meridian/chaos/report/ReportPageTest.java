package dev.meridian.chaos.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.meridian.chaos.browser.Browser;
import dev.meridian.chaos.drill.Drill;
import dev.meridian.chaos.drill.DrillLibrary;
import dev.meridian.chaos.drill.DrillParser;
import dev.meridian.chaos.drill.DrillResult;
import dev.meridian.chaos.drill.Measures;
import dev.meridian.chaos.drill.Threshold;
import dev.meridian.chaos.virtual.VirtualRun;
import dev.meridian.chaos.virtual.VirtualSetting;
import dev.meridian.chaos.virtual.WhatIf;
import dev.meridian.chaos.virtual.WhatIfPage;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A drill's report as a real browser shows it. {@code -Dpictures=FOLDER} keeps a picture of each page, {@code -Dbrowser=PATH}
 * names the browser.
 */
class ReportPageTest {

    private static final int HEIGHT = 900;

    @TempDir
    private Path folder = Path.of("");

    private Path browser = Path.of("");

    @BeforeEach
    void findBrowser() {
        Assumptions.assumeTrue(
                Browser.executable().isPresent(),
                "no browser is here (chromium, chromium-browser, google-chrome): the report is not looked at");
        browser = Browser.executable().orElseThrow();
    }

    @ParameterizedTest
    @CsvSource({
        "split-brain, 1280, light",
        "split-brain, 390, dark",
        "lose-us-east-1, 1280, dark",
        "lose-us-east-1, 390, light",
    })
    void showsWhatTheResultsSay(String name, int width, String scheme) throws IOException {
        Path run = folder.resolve(name);
        DrillResult result = result(name);
        ResultFiles.write(
                result, RunEnvironment.here("test", RunEnvironment.Mode.VIRTUAL_TIME, "2031-05-06T07:08:09Z"), run);
        Map<String, String> results = flat(Files.readString(run.resolve("results.json")));
        try (Browser page = Browser.open(
                browser,
                folder.resolve("profile"),
                run.resolve("index.html").toUri().toString(),
                width,
                HEIGHT,
                scheme)) {
            keepPicture(page, name + "-" + width + "-" + scheme);
            assertThat(page.textOf("#verdict")).isEqualTo(results.get("verdict"));
            assertThat(page.textOf("#seed")).isEqualTo(results.get("seed"));
            assertThat(page.textOf("#command")).isEqualTo(results.get("command"));
            for (String measure : Measures.NAMES.keySet()) {
                String shown = Threshold.show(
                        measure, Double.parseDouble(results.getOrDefault("measures." + measure + ".value", "")));
                assertThat(page.textOf("[id=\"measure-" + measure + "\"]"))
                        .as(measure)
                        .isEqualTo(shown);
            }
            assertThat(page.textOf("[id=\"card-rpo.writes\"]")).isEqualTo(page.textOf("[id=\"measure-rpo.writes\"]"));
            assertThat(page.textsOf("#thresholds td"))
                    .startsWith(thresholds(results).toArray(String[]::new));
            assertThat(page.textsOf("#counts td"))
                    .containsExactly(
                            "writes",
                            results.get("counts.writes.done"),
                            results.get("counts.writes.refused"),
                            results.get("counts.writes.unknown"),
                            "reads",
                            results.get("counts.reads.done"),
                            results.get("counts.reads.refused"),
                            results.get("counts.reads.unknown"));
            assertThat(page.textsOf("#events td:last-child")).isEqualTo(events(results));
            assertThat(page.textsOf("figure")).hasSize(4);
            assertThat(page.evaluate("document.querySelectorAll('figure rect.band').length"))
                    .isEqualTo(String.valueOf(4 * result.drill().steps().size()));
            assertThat(page.evaluate("document.querySelectorAll('table.conflicts td:first-child').length"))
                    .isEqualTo(String.valueOf(result.sightings().conflicts().size()));
            isInOrder(page, width);
        }
    }

    @ParameterizedTest
    @CsvSource({"1280, light", "390, dark"})
    void aWhatIfShowsItsPoints(int width, String scheme) throws IOException {
        Drill drill = DrillParser.parse(DrillLibrary.text("lose-us-east-1").orElseThrow());
        List<WhatIf.Point> points =
                WhatIf.parse("latency=10ms,50ms,200ms,800ms", drill).run(1, 1, point -> {});
        Path file = Files.writeString(folder.resolve("latency.html"), WhatIfPage.page(drill, "latency", points));
        try (Browser page =
                Browser.open(browser, folder.resolve("profile"), file.toUri().toString(), width, HEIGHT, scheme)) {
            keepPicture(page, "what-if-" + width + "-" + scheme);
            assertThat(page.textsOf("figure")).hasSize(3);
            assertThat(page.textsOf("[id=\"plot-rpo.writes\"] .value"))
                    .containsExactly("10ms", "50ms", "200ms", "800ms");
            assertThat(page.textsOf("td:nth-child(3)"))
                    .isEqualTo(points.stream()
                            .map(point -> WhatIfPage.cell(point, "rpo.writes"))
                            .toList());
            isInOrder(page, width);
        }
    }

    @ParameterizedTest
    @CsvSource({"1280, dark", "390, light"})
    void theServedListShowsItsRuns(int width, String scheme) throws IOException {
        Path runs = folder.resolve("runs");
        RunEnvironment environment =
                RunEnvironment.here("test", RunEnvironment.Mode.VIRTUAL_TIME, "2031-05-06T07:08:09Z");
        ResultFiles.write(result("split-brain"), environment, runs.resolve("split-brain"));
        ResultFiles.write(result("lose-us-east-1"), environment, runs.resolve("lose-us-east-1"));
        Files.writeString(Files.createDirectories(runs.resolve("what-if")).resolve("latency.html"), "a page");
        Vertx vertx = Vertx.vertx();
        try {
            int port = new ReportServer(vertx, runs)
                    .open("127.0.0.1", 0)
                    .toCompletableFuture()
                    .join();
            try (Browser page = Browser.open(
                    browser, folder.resolve("profile"), "http://127.0.0.1:" + port + "/", width, HEIGHT, scheme)) {
                keepPicture(page, "serve-" + width + "-" + scheme);
                assertThat(page.textsOf("#runs a"))
                        .containsExactly(
                                "Checkout survives the loss of us-east-1",
                                "Both sides of a cut ocean write the same carts",
                                "latency");
                assertThat(page.textsOf("#runs td:nth-child(2)")).containsExactly("passed", "passed", "");
                isInOrder(page, width);
            }
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().join();
        }
    }

    /** A page that is wider than its window can only be read by pushing it about. */
    private static void isInOrder(Browser page, int width) {
        assertThat(page.complaints()).isEmpty();
        assertThat(page.evaluate("window.innerWidth")).isEqualTo(String.valueOf(width));
        assertThat(page.evaluate("document.documentElement.scrollWidth")).isEqualTo(String.valueOf(width));
    }

    private static void keepPicture(Browser page, String name) throws IOException {
        String pictures = System.getProperty("pictures", "");
        if (!pictures.isEmpty()) {
            page.picture(Path.of(pictures).resolve(name + ".png"));
        }
    }

    private static DrillResult result(String name) {
        Drill drill = DrillParser.parse(DrillLibrary.text(name).orElseThrow());
        return VirtualRun.run(drill, VirtualSetting.USUAL, drill.seed(), null);
    }

    private static List<String> thresholds(Map<String, String> results) {
        List<String> cells = new ArrayList<>();
        for (int i = 0; results.containsKey("thresholds." + i + ".threshold"); i++) {
            String text = results.getOrDefault("thresholds." + i + ".threshold", "");
            double value = Double.parseDouble(results.getOrDefault("thresholds." + i + ".value", ""));
            cells.add(text);
            cells.add(Threshold.show(text.replaceAll("[ <>=].*", ""), value));
            cells.add("true".equals(results.get("thresholds." + i + ".holds")) ? "holds" : "does not hold");
        }
        return cells;
    }

    private static List<String> events(Map<String, String> results) {
        List<String> events = new ArrayList<>();
        for (int i = 0; results.containsKey("events." + i + ".what"); i++) {
            events.add(results.getOrDefault("events." + i + ".what", ""));
        }
        return events;
    }

    /** Every value of a JSON text, by its path. */
    private static Map<String, String> flat(String json) throws IOException {
        Map<String, String> values = new LinkedHashMap<>();
        try (JsonParser parser = new JsonFactory().createParser(json)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token.isScalarValue()) {
                    values.put(
                            parser.getParsingContext()
                                    .pathAsPointer()
                                    .toString()
                                    .substring(1)
                                    .replace('/', '.'),
                            parser.getText());
                }
            }
        }
        return values;
    }
}
