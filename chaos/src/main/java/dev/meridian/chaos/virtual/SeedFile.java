package dev.meridian.chaos.virtual;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.meridian.chaos.drill.DrillResult.Verdict;
import dev.meridian.chaos.drill.Measures;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** {@code seeds.json}: the spread of every measure over the seeds, and the seeds that failed. */
public final class SeedFile {

    private static final JsonFactory JSON = new JsonFactory();

    private SeedFile() {}

    public static void write(SeedSweep sweep, Path folder) throws IOException {
        Files.createDirectories(folder);
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text).useDefaultPrettyPrinter()) {
            json.writeStartObject();
            json.writeStringField("drill", sweep.drill().name());
            json.writeNumberField("seeds", sweep.seeds());
            for (Verdict verdict : Verdict.values()) {
                json.writeNumberField(verdict.name().toLowerCase(Locale.ROOT), sweep.count(verdict));
            }
            json.writeObjectFieldStart("measures");
            for (String measure : Measures.NAMES.keySet()) {
                SeedSweep.Spread spread = sweep.spread(measure);
                json.writeObjectFieldStart(measure);
                json.writeNumberField("p50", spread.p50());
                json.writeNumberField("p95", spread.p95());
                json.writeNumberField("max", spread.max());
                json.writeEndObject();
            }
            json.writeEndObject();
            json.writeArrayFieldStart("failures");
            for (SeedSweep.Failure failure : sweep.failures()) {
                json.writeStartObject();
                json.writeNumberField("seed", failure.seed());
                json.writeStringField("reason", failure.reason());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        Files.writeString(folder.resolve("seeds.json"), text + "\n");
    }
}
