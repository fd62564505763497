package dev.meridian.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.meridian.chaos.drill.Drill;
import dev.meridian.chaos.drill.DrillParser;
import dev.meridian.chaos.drill.DrillResult;
import dev.meridian.chaos.drill.DrillRun;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A drill that is cut off heals what it broke, and says that it shows nothing. */
class DrillStopTest {

    private static final String LONG_DRILL = """
            apiVersion: meridian/v1
            kind: Drill
            metadata: { name: long }
            spec:
              topology: { regions: [us-east-1, eu-west-1] }
              load: { rate: 50/s, for: 10m }
              steps:
                - { at: 200ms, for: 9m, fault: link-cut, link: us-east-1~eu-west-1 }
                - { at: 300ms, for: 9m, fault: region-kill, region: us-east-1 }
            """;

    @TempDir
    private Path folder = Path.of("");

    @Test
    void whatIsStoppedIsHealed() throws Exception {
        Drill drill = DrillParser.parse(LONG_DRILL);
        try (DrillWorld world = DrillWorld.start(drill)) {
            AtomicReference<DrillRun> running = new AtomicReference<>();
            DrillRun run =
                    new DrillRun(drill, world.url(), System::nanoTime, () -> LockSupport.parkNanos(1_000_000), said -> {
                        if (said.contains("us-east-1 killed")) {
                            Objects.requireNonNull(running.get()).stop();
                        }
                    });
            running.set(run);
            DrillResult result = run.run();
            assertThat(result.verdict()).isEqualTo(DrillResult.Verdict.INCONCLUSIVE);
            assertThat(result.reason()).isEqualTo("it was stopped before its end");
            String state = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create(world.url() + "/_meridian/v1/world"))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
            assertThat(state).contains("\"state\":\"live\"").doesNotContain("killed", "\"cut\":true");
        }
    }

    @Test
    void aSignalEndsItInconclusiveWithAReport() throws IOException, InterruptedException {
        Path file = Files.writeString(folder.resolve("long.yaml"), LONG_DRILL);
        Process drill = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Meridian.class.getName(),
                        "drill",
                        "run",
                        file.toString(),
                        "--out",
                        folder.toString()))
                .redirectErrorStream(true)
                .start();
        StringBuilder said = new StringBuilder();
        try (BufferedReader lines = drill.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                said.append(line).append('\n');
                if (line.contains("us-east-1 killed")) {
                    // Not SIGINT, which ends it the same way: what a script runs in the background ignores that one.
                    drill.toHandle().destroy();
                }
            }
        }
        assertThat(drill.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(said.toString())
                .contains("all healed")
                .contains("INCONCLUSIVE: it was stopped before its end. Report: ");
        assertThat(drill.exitValue()).isEqualTo(2);
        assertThat(folder.resolve("long").resolve("results.json")).content().contains("\"verdict\" : \"inconclusive\"");
        assertThat(folder.resolve("long").resolve("index.html")).content().contains("not measured");
    }
}
