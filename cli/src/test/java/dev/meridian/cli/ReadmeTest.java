package dev.meridian.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README's own lines, run word for word by bash with the AWS CLI against a started Meridian on free ports. */
class ReadmeTest {

    private static final Pattern BLOCK =
            Pattern.compile("^## (.+?)$|^```sh\\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);

    /** Older ones know no endpoint but the option's; Debian 12 has such a one. */
    private static final String OLD_CLI = """
            if ! aws --version 2>&1 | grep -Eq '^aws-cli/(1\\.(29|[3-9][0-9])|2\\.(1[3-9]|[2-9][0-9]))\\.'; then
              aws() { command aws --endpoint-url "$MERIDIAN_URL" "$@"; }
            fi
            """;

    @TempDir
    private Path folder = Path.of("");

    private @Nullable Process up;
    private final Map<String, String> endpoints = new LinkedHashMap<>();

    @BeforeEach
    void start() throws IOException {
        assumeTrue(
                isOnThePath("aws"),
                "skipped: there is no AWS CLI ('aws') on the PATH; .ci/run installs Debian's package awscli");
        assumeTrue(isOnThePath("bash"), "skipped: there is no bash on the PATH");
        Process process = new ProcessBuilder(meridian(
                        "up", "--port", "0", "--data", folder.resolve("data").toString()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        up = process;
        Pattern endpoint = Pattern.compile("^ {2}(\\S+)(?: \\*)? +(http://\\S+)");
        BufferedReader out = process.inputReader();
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            Matcher matcher = endpoint.matcher(line);
            if (matcher.find()) {
                endpoints.put(matcher.group(1), matcher.group(2));
            }
            if (line.startsWith("Ctrl-C")) {
                break;
            }
        }
        assertThat(endpoints).containsOnlyKeys("us-east-1", "eu-west-1", "ap-southeast-2", "Gateway");
        Path script = folder.resolve("meridian");
        Files.writeString(script, "#!/bin/sh\nexec " + String.join(" ", quoted(meridian())) + " \"$@\"\n");
        assertThat(script.toFile().setExecutable(true)).isTrue();
    }

    @AfterEach
    void stop() throws InterruptedException {
        if (up != null) {
            Objects.requireNonNull(up).destroy();
            Objects.requireNonNull(up).waitFor();
        }
    }

    private static List<String> meridian(String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:+UseSerialGC", "-Xmx256m"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Meridian.class.getName()));
        command.addAll(List.of(arguments));
        return command;
    }

    private static List<String> quoted(List<String> words) {
        return words.stream().map(word -> "'" + word + "'").toList();
    }

    private static boolean isOnThePath(String program) {
        for (String place : System.getenv("PATH").split(File.pathSeparator, -1)) {
            if (Files.isExecutable(Path.of(place, program))) {
                return true;
            }
        }
        return false;
    }

    /** The shell lines under a heading of the README. */
    private static String shellUnder(String heading) throws IOException {
        Matcher blocks = BLOCK.matcher(Files.readString(Path.of("../README.md")));
        String last = "";
        while (blocks.find()) {
            if (blocks.group(1) != null) {
                last = blocks.group(1);
            } else if (last.equals(heading)) {
                return blocks.group(2);
            }
        }
        throw new AssertionError("README.md has no shell lines under '" + heading + "'");
    }

    private String bash(String script) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder("bash", "-c", OLD_CLI + script).directory(folder.toFile());
        builder.environment().put("MERIDIAN_URL", Objects.requireNonNull(endpoints.get("Gateway")));
        builder.environment().put("AWS_PAGER", "");
        Process process = builder.redirectErrorStream(true).start();
        String out = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        process.waitFor();
        return out;
    }

    @Test
    void theConflictInFiveMinutesHappensAsWritten() throws IOException, InterruptedException {
        String write = bash(shellUnder("A write here, a read there"));
        assertThat(write)
                .doesNotContainIgnoringCase("error")
                .contains("\"TableName\": \"cart\"")
                .containsPattern("\"Item\": \\{[^}]*\\{[^}]*\\}[^}]*\"qty\": \\{\\s*\"N\": \"2\"");

        String conflict = bash("eval \"$(./meridian env)\"\n" + shellUnder("A conflict in five minutes"));
        assertThat(conflict).doesNotContainIgnoringCase("error");
        assertThat(conflict)
                .containsSubsequence("≠ 3", "≠ 5", "DIVERGED", "lost  us-east-1", "\"N\":\"3\"", "was acknowledged");
        String after = conflict.substring(conflict.indexOf("DIVERGED"));
        assertThat(after).containsPattern("qty +5 +5 +5");

        assertThat(bash("./meridian item diff cart id=1 -o json"))
                .startsWith("{")
                .contains("\"writtenIn\":\"eu-west-1\"");
        assertThat(bash("./meridian status -o json")).startsWith("{").contains("\"links\":");
        assertThat(bash("./meridian conflicts -o json")).startsWith("{").contains("\"loser\":");
        assertThat(bash("./meridian converge -o json")).contains("\"converged\":true");

        String port = bash(
                "eval \"$(./meridian env)\"\nunset -f aws\naws dynamodb get-item --region eu-west-1 --table-name cart "
                        + "--key '{\"id\":{\"S\":\"1\"}}' --endpoint-url " + endpoints.get("eu-west-1"));
        assertThat(port).contains("\"N\": \"5\"");
    }
}
