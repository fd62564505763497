package dev.meridian.chaos.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.meridian.chaos.drill.DrillResult;
import dev.meridian.chaos.drill.DrillResult.Verdict;
import dev.meridian.chaos.drill.History;
import dev.meridian.chaos.drill.History.Outcome;
import dev.meridian.chaos.drill.Measures;
import dev.meridian.chaos.drill.Threshold;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/** Writes a run's folder: {@code results.json}, {@code timeline.jsonl}, {@code junit.xml}, {@code index.html}. */
public final class ResultFiles {

    private static final JsonFactory JSON = new JsonFactory();

    private ResultFiles() {}

    public static void write(DrillResult result, RunEnvironment environment, Path folder) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("results.json"), results(result, environment));
        try (BufferedWriter lines = Files.newBufferedWriter(folder.resolve("timeline.jsonl"))) {
            timeline(result, lines);
        }
        Files.writeString(folder.resolve("junit.xml"), junit(result));
        Files.writeString(folder.resolve("index.html"), HtmlReport.page(result, environment));
    }

    static String results(DrillResult result, RunEnvironment environment) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text).useDefaultPrettyPrinter()) {
            json.writeStartObject();
            json.writeStringField("drill", result.drill().name());
            json.writeStringField("title", result.drill().title());
            json.writeNumberField("seed", result.drill().seed());
            json.writeStringField("command", result.command());
            json.writeStringField("verdict", word(result.verdict()));
            json.writeStringField("reason", result.reason());
            json.writeObjectFieldStart("environment");
            json.writeStringField("mode", environment.mode().words());
            json.writeStringField("began", environment.began());
            json.writeStringField("meridian", environment.meridian());
            json.writeStringField("java", environment.java());
            json.writeStringField("machine", environment.machine());
            json.writeEndObject();
            json.writeObjectFieldStart("topology");
            json.writeArrayFieldStart("regions");
            for (String region : result.drill().topology().regions()) {
                json.writeString(region);
            }
            json.writeEndArray();
            json.writeStringField("latency", result.drill().topology().latency());
            json.writeStringField("consistency", result.drill().topology().isStrong() ? "strong" : "eventual");
            json.writeEndObject();
            counts(json, result);
            json.writeObjectFieldStart("measures");
            for (Map.Entry<String, Double> measure : result.measures().entrySet()) {
                json.writeObjectFieldStart(measure.getKey());
                json.writeNumberField("value", Math.round(measure.getValue() * 1_000) / 1_000.0);
                json.writeStringField("unit", Measures.NAMES.getOrDefault(measure.getKey(), ""));
                json.writeEndObject();
            }
            json.writeEndObject();
            json.writeArrayFieldStart("thresholds");
            for (Threshold threshold : result.drill().thresholds()) {
                json.writeStartObject();
                json.writeStringField("threshold", threshold.text());
                json.writeNumberField("value", result.measures().getOrDefault(threshold.measure(), 0.0));
                json.writeBooleanField("holds", !result.failed().contains(threshold));
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeArrayFieldStart("events");
            for (DrillResult.Event event : result.events()) {
                json.writeStartObject();
                json.writeNumberField("atMillis", Math.round(event.atMillis()));
                json.writeStringField("what", event.what());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        return text + "\n";
    }

    private static void counts(JsonGenerator json, DrillResult result) throws IOException {
        json.writeObjectFieldStart("counts");
        for (boolean isPut : new boolean[] {true, false}) {
            json.writeObjectFieldStart(isPut ? "writes" : "reads");
            for (Outcome outcome : Outcome.values()) {
                json.writeNumberField(word(outcome), result.count(isPut, outcome));
            }
            json.writeEndObject();
        }
        json.writeEndObject();
    }

    /** Every operation, a line each, in the order of their ends. */
    private static void timeline(DrillResult result, BufferedWriter lines) throws IOException {
        for (History.Operation operation : result.operations()) {
            lines.write(String.format(
                    Locale.ROOT,
                    "{\"number\":%d,\"type\":\"%s\",\"key\":\"%s\",\"region\":\"%s\",\"startMillis\":%.3f,"
                            + "\"endMillis\":%.3f,\"outcome\":\"%s\",\"seen\":%d,\"client\":%d}\n",
                    operation.number(),
                    operation.isPut() ? "put" : "get",
                    operation.key(),
                    operation.region(),
                    operation.startMillis(),
                    operation.endMillis(),
                    operation.outcome().name().toLowerCase(Locale.ROOT),
                    operation.seen(),
                    operation.client()));
        }
    }

    /** One case a threshold, and one for the verdict itself. */
    private static String junit(DrillResult result) {
        StringBuilder cases = new StringBuilder();
        for (Threshold threshold : result.drill().thresholds()) {
            String measured =
                    Threshold.show(threshold.measure(), result.measures().getOrDefault(threshold.measure(), 0.0));
            cases.append(testCase(
                    result,
                    threshold.text(),
                    result.failed().contains(threshold) ? "<failure message=\"measured " + measured + "\"/>" : ""));
        }
        String verdict = switch (result.verdict()) {
            case PASSED -> "";
            case FAILED -> "<failure message=\"" + ReportStyle.escaped(result.reason()) + "\"/>";
            case INCONCLUSIVE -> "<skipped message=\"" + ReportStyle.escaped(result.reason()) + "\"/>";
        };
        cases.append(testCase(result, "verdict", verdict));
        int failures = result.failed().size() + (result.verdict() == Verdict.FAILED ? 1 : 0);
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuite name=\"drill."
                + result.drill().name()
                + "\" tests=\"" + (result.drill().thresholds().size() + 1) + "\" failures=\"" + failures
                + "\" errors=\"0\" skipped=\"" + (result.verdict() == Verdict.INCONCLUSIVE ? 1 : 0) + "\">\n" + cases
                + "</testsuite>\n";
    }

    private static String testCase(DrillResult result, String name, String inside) {
        return "  <testcase classname=\"drill." + result.drill().name() + "\" name=\"" + ReportStyle.escaped(name)
                + "\">" + inside + "</testcase>\n";
    }

    /** A measure for people. */
    public static String show(String measure, double value) {
        return Threshold.show(measure, value);
    }

    static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
