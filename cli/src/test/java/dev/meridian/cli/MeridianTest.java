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
                .contains("export MERIDIAN_URL='http://127.0.0.1:8000'")
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
                "simulate lose-us-east-1 --seeds 0",
                "simulate lose-us-east-1 --seeds 2 --trace t",
                "simulate lose-us-east-1 --regions 2",
                "simulate nothing",
                "simulate lose-us-east-1 --what-if latncy=1ms",
                "simulate lose-us-east-1 --what-if loss=much",
                "simulate lose-us-east-1 --what-if batch",
                "drill new Loud",
                "drill compare a b",
                "drill import-fis nothing.json",
                "drill serve nowhere",
                "up --chaos gorilla --in-memory --port 0",
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

    private static final String SHORT_DRILL = """
            apiVersion: meridian/v1
            kind: Drill
            metadata: { name: short, title: A region dies for a second }
            spec:
              topology: { regions: [us-east-1, eu-west-1] }
              load: { rate: 100/s, for: 4s }
              steps:
                - { at: 1s, for: 1s, fault: region-kill, region: us-east-1 }
              thresholds:
                - lost-acknowledged-writes == 0
                - errors < 100%
              sometimes: [unavailable]
            """;

    @Test
    void aDrillThatHoldsPassesAndLeavesItsReport() throws IOException {
        Path file = Files.writeString(folder.resolve("short.yaml"), SHORT_DRILL);
        Outcome drill = run("drill", "run", file.toString(), "--out", folder.toString());
        assertThat(drill.out()).contains("us-east-1 killed").contains("PASSED");
        assertThat(drill.code()).isZero();
        Path report = folder.resolve("short");
        assertThat(report.resolve("results.json")).content().contains("\"verdict\" : \"passed\"");
        assertThat(report.resolve("junit.xml")).content().contains("tests=\"3\" failures=\"0\"");
        assertThat(report.resolve("index.html"))
                .content()
                .contains("id=\"verdict\">passed<")
                .doesNotContain("http");
        assertThat(Files.readAllLines(report.resolve("timeline.jsonl"))).hasSize(400);
    }

    @Test
    void aDrillThatDoesNotHoldFailsAndOneThatShowsNothingIsInconclusive() throws IOException {
        String calm = SHORT_DRILL
                .replaceAll("(?m)^ *- \\{ at: .*\n", "")
                .replace("  steps:\n", "")
                .replace("4s", "1s");
        Path inconclusive = Files.writeString(folder.resolve("calm.yaml"), calm.replace("unavailable", "conflict"));
        Outcome nothing = run("drill", "run", inconclusive.toString(), "--out", folder.toString());
        assertThat(nothing.out()).contains("INCONCLUSIVE: never happened: conflict");
        assertThat(nothing.code()).isEqualTo(2);
        Path failing =
                Files.writeString(folder.resolve("failing.yaml"), calm.replace("errors < 100%", "put.p50 < 0ms"));
        Outcome failed = run("drill", "run", failing.toString(), "--out", folder.toString());
        assertThat(failed.out()).contains("does not hold: put.p50 < 0ms").contains("FAILED: not all thresholds held");
        assertThat(failed.code()).isEqualTo(1);
    }

    @Test
    void aDrillRunsInVirtualTimeOverSeedsAndOneSeedGivesOneTrace() throws IOException {
        Path file = Files.writeString(folder.resolve("short.yaml"), SHORT_DRILL);
        Outcome seeds = run("simulate", file.toString(), "--seeds", "3", "--regions", "4", "--out", folder.toString());
        assertThat(seeds.out())
                .contains("3 seeds of 4 regions: 3 passed, 0 failed, 0 inconclusive")
                .contains("rpo.age")
                .contains("PASSED");
        assertThat(seeds.code()).isZero();
        Path report = folder.resolve("short-virtual");
        assertThat(report.resolve("seeds.json")).content().contains("\"passed\" : 3", "\"p95\"");
        assertThat(report.resolve("index.html")).content().contains("meridian simulate short");
        Path failing = Files.writeString(
                folder.resolve("failing.yaml"), SHORT_DRILL.replace("errors < 100%", "put.p50 < 0ms"));
        Path trace = folder.resolve("trace.txt");
        Outcome failed = run(
                "simulate", failing.toString(), "--seed", "7", "--trace", trace.toString(), "--out", folder.toString());
        assertThat(failed.code()).isEqualTo(1);
        assertThat(failed.out())
                .contains("Replay: ./meridian simulate " + failing + " --seed 7 --trace trace.txt")
                .contains("FAILED");
        byte[] first = Files.readAllBytes(trace);
        run("simulate", failing.toString(), "--seed", "7", "--trace", trace.toString(), "--out", folder.toString());
        assertThat(Files.readAllBytes(trace)).isEqualTo(first).hasSizeGreaterThan(10_000);
    }

    @Test
    void transfersTearWhereTwoRegionsWriteAndCountersLose() throws IOException {
        for (String name : java.util.List.of("torn-transfers", "lost-increments")) {
            String brief = run("drill", "show", name)
                    .out()
                    .replaceAll("for: 1[0-9]s", "for: 5s")
                    .replaceAll("at: \\ds, for: \\ds", "at: 1s, for: 2s");
            Path file = Files.writeString(folder.resolve(name + ".yaml"), brief);
            Outcome drill = run("drill", "run", file.toString(), "--out", folder.toString());
            assertThat(drill.out()).contains("PASSED");
            assertThat(drill.code()).isZero();
        }
    }

    @Test
    void comparesServesAndImports() throws IOException {
        Path file = Files.writeString(folder.resolve("short.yaml"), SHORT_DRILL);
        run("simulate", file.toString(), "--out", folder.resolve("a").toString());
        run(
                "simulate",
                file.toString(),
                "--seed",
                "2",
                "--out",
                folder.resolve("b").toString());
        Path a = folder.resolve("a").resolve("short-virtual");
        Outcome compared = run(
                "drill",
                "compare",
                a.toString(),
                folder.resolve("b").resolve("short-virtual").toString());
        assertThat(compared.code()).isZero();
        assertThat(compared.out()).contains("verdict", "rpo.writes", "acknowledged-writes");
        Outcome served = run("drill", "serve", folder.resolve("a").toString(), "--port", "0", "--until-ready");
        assertThat(served.code()).isZero();
        assertThat(served.out()).contains("Reports at http://127.0.0.1:");
        Path template = Files.writeString(
                folder.resolve("fis.json"),
                "{\"actions\":{\"a\":{\"actionId\":\"aws:dynamodb:global-table-pause-replication\","
                        + "\"parameters\":{\"duration\":\"PT12M\"}}}}");
        assertThat(run("drill", "import-fis", template.toString()).out())
                .contains("for: 720s, fault: aws:dynamodb:global-table-pause-replication, region: us-east-1");
    }

    @Test
    void whatIfShowsRpoAgainstAParameter() throws IOException {
        Path file = Files.writeString(folder.resolve("short.yaml"), SHORT_DRILL);
        Outcome sweep = run(
                "simulate",
                file.toString(),
                "--what-if",
                "latency=5ms,400ms",
                "--seeds",
                "2",
                "--out",
                folder.toString());
        assertThat(sweep.code()).isZero();
        assertThat(sweep.out()).contains("rpo.writes").contains("400ms");
        assertThat(folder.resolve("short-what-if").resolve("latency.html"))
                .content()
                .contains("RPO against latency", "plot-rpo.writes", "Writes missing at failover", "400ms")
                .doesNotContain("http");
    }

    @Test
    void aDrillFileWithAMistakeNamesItsLine() throws IOException {
        Path file = Files.writeString(folder.resolve("wrong.yaml"), SHORT_DRILL.replace("rate:", "rat:"));
        Outcome wrong = run("drill", "run", file.toString(), "--out", folder.toString());
        assertThat(wrong.code()).isEqualTo(64);
        assertThat(wrong.err()).contains("line 6: unknown key 'rat' in 'load'; did you mean 'rate'?");
        Outcome missing = run("drill", "run", "lose-us-east-2", "--out", folder.toString());
        assertThat(missing.code()).isEqualTo(64);
        assertThat(missing.err()).contains("did you mean 'lose-us-east-1'?");
        assertThat(run("drill", "ls").out()).contains("split-brain");
        assertThat(run("drill", "show", "split-brain").out()).contains("kind: Drill");
    }
}
