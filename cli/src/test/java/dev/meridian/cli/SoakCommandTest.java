package dev.meridian.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Five regions, a process each, under random faults; {@code -Dsoak=30m -Dsoak.every=20s -Dsoak.seed=N} for longer. */
class SoakCommandTest {

    @TempDir
    private Path out = Path.of("");

    @Test
    void everyAcknowledgedWriteIsAccountedFor() {
        assertThat(Meridian.run(
                        "soak",
                        "--for",
                        System.getProperty("soak", "2m"),
                        "--every",
                        System.getProperty("soak.every", "10s"),
                        "--rate",
                        "40",
                        "--seed",
                        System.getProperty("soak.seed", "38"),
                        "--out",
                        out.toString()))
                .isZero();
        assertThat(out.resolve("soak/index.html")).exists();
    }
}
