package dev.meridian.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MeridianTest {

    @TempDir
    private Path folder = Path.of("");

    private record Outcome(int code, String out, String err) {}

    private static Outcome run(String... arguments) {
        PrintStream out = System.out;
        PrintStream err = System.err;
        ByteArrayOutputStream caughtOut = new ByteArrayOutputStream();
        ByteArrayOutputStream caughtErr = new ByteArrayOutputStream();
        try {
            System.setOut(new PrintStream(caughtOut, true, StandardCharsets.UTF_8));
            System.setErr(new PrintStream(caughtErr, true, StandardCharsets.UTF_8));
            int code = Meridian.run(arguments);
            return new Outcome(
                    code, caughtOut.toString(StandardCharsets.UTF_8), caughtErr.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
    }

    private Path config(String text) throws IOException {
        return Files.writeString(folder.resolve("meridian.conf"), text);
    }

    @Test
    void startsRegionsTellsHowToUseThemAndStops() {
        Outcome up = run("up", "--port", "0", "--in-memory", "--until-ready", "--regions", "us-east-1,eu-west-1");
        assertThat(up.code()).isZero();
        assertThat(up.out())
                .contains("us-east-1 *")
                .contains("Gateway  http://127.0.0.1:")
                .contains("Ready in ")
                .contains("./meridian env");
    }

    @Test
    void printsWhatToExport() {
        assertThat(run("env", "--url", "http://127.0.0.1:8000").out())
                .contains("export AWS_ENDPOINT_URL_DYNAMODB='http://127.0.0.1:8000'")
                .contains("export AWS_ACCESS_KEY_ID='");
    }

    @Test
    void saysThatNothingAnswers() throws IOException {
        int free;
        try (ServerSocket socket = new ServerSocket(0)) {
            free = socket.getLocalPort();
        }
        Outcome status = run("status", "--url", "http://127.0.0.1:" + free);
        assertThat(status.code()).isEqualTo(69);
        assertThat(status.err())
                .contains("nothing answers at http://127.0.0.1:" + free)
                .contains("meridian up");
    }

    @Test
    void namesThatAPortIsTaken() throws IOException {
        try (ServerSocket holder = new ServerSocket(0)) {
            Outcome up = run("up", "--in-memory", "--until-ready", "--port", Integer.toString(holder.getLocalPort()));
            assertThat(up.code()).isEqualTo(69);
            assertThat(up.err()).contains("port " + holder.getLocalPort() + " is taken");
        }
    }

    @Test
    void namesTheNearestKeyOfAConfigurationFile() throws IOException {
        Outcome up = run(
                "up", "--config", config("meridian {\n  latencies = 80ms\n}\n").toString());
        assertThat(up.code()).isEqualTo(64);
        assertThat(up.err()).contains("meridian.conf:2: unknown key 'latencies'; did you mean 'latency'?");
    }

    @Test
    void namesTheNearestServiceSetting() throws IOException {
        Outcome flag = run("up", "--set", "control-plain-time=1", "--port", "0", "--in-memory", "--until-ready");
        assertThat(flag.code()).isEqualTo(64);
        assertThat(flag.err())
                .contains("unknown service setting 'control-plain-time'; did you mean 'control-plane-time'?");
        Path file = config("meridian { service { control-plane-time = soon } }");
        Outcome kind = run("up", "--config", file.toString(), "--port", "0", "--in-memory", "--until-ready");
        assertThat(kind.code()).isEqualTo(64);
        assertThat(kind.err()).contains("control-plane-time is 'soon'; it is set like control-plane-time=0");
    }

    @Test
    void takesSettingsFromAConfigurationFileAndLetsFlagsWin() throws IOException {
        Path file = config("meridian { regions = [eu-west-1, eu-central-1], in-memory = true, latency = 80ms }");
        Outcome up = run("up", "--config", file.toString(), "--port", "0", "--until-ready", "--latency", "5ms");
        assertThat(up.code()).isZero();
        assertThat(up.out()).contains("eu-west-1 *").contains("eu-central-1 5 ms");
    }

    @Test
    void refusesToKillARegionThatWouldForgetItsMemory() {
        Outcome up = run("up", "--isolated", "--in-memory", "--port", "0");
        assertThat(up.code()).isEqualTo(64);
        assertThat(up.err()).contains("--isolated needs a disk");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "up --regions us-east-1,us-east-1",
                "up --regions Mars",
                "up --latency soon --in-memory --port 0",
                "up --port many",
                "heal",
                "partition us-east-1 eu-west-1",
                "link set a b --loss much",
                "link cut a b --for soon",
                "region skew a soon",
                "node",
                "completion csh",
                "nonsense"
            })
    void refusesWrongUsageWithASentence(String line) {
        Outcome outcome = run(line.split(" "));
        assertThat(outcome.code()).isEqualTo(64);
        assertThat(outcome.err()).isNotBlank().doesNotContain("Exception");
    }

    @Test
    void saysWhichBuildItIs() {
        assertThat(run("version").out()).startsWith("meridian ");
        assertThat(run("completion", "bash").out()).contains("complete ");
    }
}
