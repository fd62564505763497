package dev.meridian.table.model;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Runs while this module is built: reads the published Smithy model and writes what {@link ApiModel} loads, one line a
 * shape, member or operation, fields separated by tabs.
 */
public final class ModelCompiler {

    private static final String SOURCE = "META-INF/smithy/2012-08-10/dynamodb-2012-08-10.json";

    private ModelCompiler() {}

    /** The argument is the file to write. */
    public static void main(String[] arguments) throws IOException {
        Path target = Path.of(arguments[0]);
        Files.createDirectories(target.toAbsolutePath().getParent());
        try (InputStream source = ModelCompiler.class.getClassLoader().getResourceAsStream(SOURCE)) {
            if (source == null) {
                throw new IllegalStateException("the published model is not on the class path");
            }
            try (JsonParser parser = new JsonFactory().createParser(source)) {
                parser.nextToken();
                Map<String, Object> model = map(read(parser));
                Files.write(target, lines(map(model.get("shapes"))));
            }
        }
    }

    private static List<String> lines(Map<String, Object> shapes) {
        List<String> lines = new ArrayList<>();
        shapes.forEach((name, shape) -> describe(lines, shortName(name), map(shape)));
        return lines;
    }

    private static void describe(List<String> lines, String name, Map<String, Object> shape) {
        String type = String.valueOf(shape.get("type"));
        if (type.equals("operation")) {
            lines.add(String.join("\t", "operation", name, target(shape.get("input"))));
            return;
        }
        Map<String, Object> traits = map(shape.get("traits"));
        Map<String, Object> length = map(traits.get("smithy.api#length"));
        Map<String, Object> range = map(traits.get("smithy.api#range"));
        List<String> choices = new ArrayList<>();
        if (type.equals("enum")) {
            map(shape.get("members"))
                    .values()
                    .forEach(member -> choices.add(
                            String.valueOf(map(map(member).get("traits")).get("smithy.api#enumValue"))));
        }
        lines.add(String.join(
                "\t",
                "shape",
                name,
                type,
                text(length.get("min")),
                text(length.get("max")),
                text(range.get("min")),
                text(range.get("max")),
                text(traits.get("smithy.api#pattern")),
                String.join(",", choices),
                target(shape.get("key")),
                target(shape.get("value")) + target(shape.get("member"))));
        if (type.equals("structure") || type.equals("union")) {
            map(shape.get("members")).forEach((member, definition) -> {
                boolean required = map(map(definition).get("traits")).containsKey("smithy.api#required");
                lines.add(String.join("\t", "member", member, target(definition), required ? "required" : ""));
            });
        }
    }

    private static String target(@Nullable Object reference) {
        return reference == null ? "" : shortName(String.valueOf(map(reference).get("target")));
    }

    private static String shortName(String id) {
        return id.substring(id.indexOf('#') + 1);
    }

    private static String text(@Nullable Object value) {
        return value == null ? "" : String.valueOf(value);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(@Nullable Object value) {
        return value == null ? Map.of() : (Map<String, Object>) value;
    }

    private static Object read(JsonParser parser) throws IOException {
        if (parser.currentToken() == JsonToken.START_OBJECT) {
            Map<String, Object> object = new LinkedHashMap<>();
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                String name = parser.currentName();
                parser.nextToken();
                object.put(name, read(parser));
            }
            return object;
        }
        if (parser.currentToken() == JsonToken.START_ARRAY) {
            List<Object> list = new ArrayList<>();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                list.add(read(parser));
            }
            return list;
        }
        return parser.getText();
    }
}
