package dev.meridian.chaos.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** A run as its {@code results.json} tells it. */
public record RunSummary(String drill, String title, long seed, String verdict, Map<String, Double> measures) {

    private static final JsonFactory JSON = new JsonFactory();

    /** Reads the file, or the one in that folder. */
    public static RunSummary read(Path fileOrFolder) throws IOException {
        Path file = Files.isDirectory(fileOrFolder) ? fileOrFolder.resolve("results.json") : fileOrFolder;
        Map<String, String> texts = new LinkedHashMap<>();
        Map<String, Double> measures = new LinkedHashMap<>();
        try (JsonParser json = JSON.createParser(file.toFile())) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new IOException(file + " is not a results.json");
            }
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                json.nextToken();
                if (name.equals("measures")) {
                    readMeasures(json, measures);
                } else if (json.currentToken().isScalarValue()) {
                    texts.put(name, json.getText());
                } else {
                    json.skipChildren();
                }
            }
        }
        if (!texts.containsKey("drill") || !texts.containsKey("verdict")) {
            throw new IOException(file + " is not a results.json");
        }
        return new RunSummary(
                texts.getOrDefault("drill", ""),
                texts.getOrDefault("title", ""),
                Long.parseLong(texts.getOrDefault("seed", "0")),
                texts.getOrDefault("verdict", ""),
                measures);
    }

    private static void readMeasures(JsonParser json, Map<String, Double> measures) throws IOException {
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String measure = json.currentName();
            json.nextToken();
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String member = json.currentName();
                json.nextToken();
                if (member.equals("value")) {
                    measures.put(measure, json.getDoubleValue());
                }
            }
        }
    }
}
