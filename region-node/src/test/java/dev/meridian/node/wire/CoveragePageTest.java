package dev.meridian.node.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.meridian.table.model.ApiModel;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * docs/coverage.md says of each operation of the service whether it is served, by asking, and which wire tests show it.
 * {@code -Dcoverage=write} writes the page anew.
 */
class CoveragePageTest {

    private static final Set<String> STREAMS =
            Set.of("ListStreams", "DescribeStream", "GetShardIterator", "GetRecords");
    private static final Path PAGE = Path.of("../docs/coverage.md");
    private static final Path TESTS = Path.of("src/test/java/dev/meridian/node/wire");

    @Test
    void thePageIsTrue() throws IOException {
        String page = page();
        if (System.getProperty("coverage", "").equals("write")) {
            Files.writeString(PAGE, page);
        }
        assertThat(Files.readString(PAGE))
                .as("stale; ./mvnw -pl region-node -am test -Dtest=CoveragePageTest "
                        + "-Dsurefire.failIfNoSpecifiedTests=false -Dcoverage=write writes it anew")
                .isEqualTo(page);
    }

    private static String page() throws IOException {
        Map<String, String> tests = sources();
        StringBuilder rows = new StringBuilder();
        int served = 0;
        Set<String> operations = new TreeSet<>(ApiModel.dynamodb().operations());
        for (String operation : operations) {
            boolean isServed = isServed(operation);
            served += isServed ? 1 : 0;
            rows.append("| ")
                    .append(operation)
                    .append(" | ")
                    .append(isServed ? "yes" : "no")
                    .append(" | ")
                    .append(isServed ? String.join(", ", shownBy(operation, tests)) : "")
                    .append(" |\n");
        }
        return "# Coverage\n\nThe operations of the published model and the four of DynamoDB Streams: " + served
                + " of "
                + operations.size() + " are served. What is\nnot served answers `UnknownOperationException`. Made by "
                + "`CoveragePageTest`, which asks a region.\n\n| operation | served | wire tests |\n| --- | --- | --- |\n"
                + rows;
    }

    private static Map<String, String> sources() throws IOException {
        Map<String, String> sources = new TreeMap<>();
        try (Stream<Path> files = Files.list(TESTS)) {
            for (Path file : files.sorted().toList()) {
                String name = file.getFileName().toString().replace(".java", "");
                if (name.endsWith("Test") && !name.equals("CoveragePageTest")) {
                    sources.put(name, Files.readString(file));
                }
            }
        }
        return sources;
    }

    /** Tests that name the operation, or call it through the SDK; one of the operation's own name comes alone. */
    private static List<String> shownBy(String operation, Map<String, String> tests) {
        if (tests.containsKey(operation + "Test")) {
            return List.of("`" + operation + "Test`");
        }
        String call = "." + operation.substring(0, 1).toLowerCase(Locale.ROOT) + operation.substring(1) + "(";
        List<String> shown = new ArrayList<>();
        tests.forEach((name, source) -> {
            if (source.contains("\"" + operation + "\"") || source.contains(call)) {
                shown.add("`" + name + "`");
            }
        });
        return shown;
    }

    private static boolean isServed(String operation) throws IOException {
        String prefix = STREAMS.contains(operation) ? "DynamoDBStreams_20120810." : "DynamoDB_20120810.";
        URI uri = WireTarget.uri();
        try (RawHttp http = new RawHttp(uri)) {
            RawHttp.Response response = http.exchange(
                    RawHttp.ascii("POST / HTTP/1.1\r\nHost: localhost\r\nX-Amz-Target: " + prefix + operation
                            + "\r\nContent-Type: application/x-amz-json-1.0\r\nContent-Length: 2\r\n\r\n{}"));
            return !response.text().contains("UnknownOperationException");
        }
    }
}
