package dev.meridian.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.meridian.chaos.drill.DrillLibrary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * One seed gives one trace, byte for byte, in Java machines that have nothing in common but the program: every start has other
 * identity hashes and another order of immutable maps, and these two another language, time zone and number of processors, too.
 */
class TraceEqualityTest {

    private static final long PATIENCE_SECONDS = 120;

    @TempDir
    private Path folder = Path.of("");

    private Path trace(Path drill, String name, List<String> machine) throws IOException, InterruptedException {
        Path trace = folder.resolve(name + ".txt");
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(machine);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Meridian.class.getName()));
        command.addAll(List.of("simulate", drill.toString(), "--seed", "17", "--trace", trace.toString()));
        command.addAll(List.of("--out", folder.resolve(name).toString()));
        Path said = folder.resolve(name + ".log");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(said)).isIn(ExitCode.DONE, ExitCode.INCONCLUSIVE);
        return trace;
    }

    @ParameterizedTest
    @ValueSource(strings = {"lose-us-east-1", "split-brain"})
    void oneSeedGivesOneTraceByteForByte(String name) throws Exception {
        Path drill = Files.writeString(
                folder.resolve("drill.yaml"),
                DrillLibrary.text(name).orElseThrow().replaceAll("(at|for): ([0-9]+)s", "$1: $200ms"));
        Path one = trace(drill, "one", List.of("-Duser.language=en", "-Duser.timezone=UTC"));
        Path other = trace(
                drill,
                "other",
                List.of(
                        "-Duser.language=tr",
                        "-Duser.country=TR",
                        "-Duser.timezone=Asia/Kolkata",
                        "-XX:ActiveProcessorCount=1",
                        "-XX:+UseSerialGC"));
        assertThat(Files.size(one)).isGreaterThan(10_000);
        assertThat(Files.mismatch(one, other)).as("the first byte that differs").isEqualTo(-1);
    }
}
