package dev.meridian.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.meridian.chaos.drill.Drill;
import dev.meridian.chaos.drill.DrillParser;
import dev.meridian.chaos.drill.DrillResult;
import dev.meridian.chaos.drill.DrillRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A program that loads the regions beside a drill's own clients: it is told where, runs as long, and its end is on record. */
class LoadBesideTest {

    @TempDir
    private Path folder = Path.of("");

    private DrillResult run(String command) throws IOException {
        Drill drill = DrillParser.parse("""
                apiVersion: meridian/v1
                kind: Drill
                metadata: { name: beside }
                spec:
                  load:
                    mode: any-region
                    rate: 20/s
                    for: 2s
                    command: "%s"
                """.formatted(command));
        try (DrillWorld world = DrillWorld.start(drill)) {
            return new DrillRun(
                            drill, world.url(), System::nanoTime, () -> LockSupport.parkNanos(1_000_000), said -> {})
                    .run();
        }
    }

    @Test
    void isToldWhereTheRegionsAreAndItsEndIsOnRecord() throws IOException {
        Path said = folder.resolve("said");
        DrillResult result = run("echo $MERIDIAN_TABLE $MERIDIAN_URL > " + said + "; exit 3");
        assertThat(Files.readString(said)).startsWith("drill-beside http://127.0.0.1:");
        assertThat(result.events()).extracting(DrillResult.Event::what).anyMatch(what -> what.endsWith("ended with 3"));
        assertThat(result.verdict()).isEqualTo(DrillResult.Verdict.PASSED);
    }
}
