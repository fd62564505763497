package dev.meridian.table.model;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The operations of the service and the shapes of their requests. */
public final class ApiModel {

    private static final ApiModel INSTANCE = read();

    private final Map<String, Shape> inputs;

    private ApiModel(Map<String, Shape> inputs) {
        this.inputs = inputs;
    }

    /** The model of the DynamoDB API. */
    public static ApiModel dynamodb() {
        return INSTANCE;
    }

    /** The names of all operations. */
    public Set<String> operations() {
        return inputs.keySet();
    }

    /** The shape of an operation's request; empty where there is no such operation. */
    public Optional<Shape> input(String operation) {
        return Optional.ofNullable(inputs.get(operation));
    }

    private static ApiModel read() {
        Loader loader = new Loader();
        // The published model has no streams; theirs is written down from the service's API reference.
        for (String name : List.of("dynamodb.model", "streams.model")) {
            try (InputStream resource = ApiModel.class.getResourceAsStream(name)) {
                if (resource == null) {
                    throw new IllegalStateException(name + " is missing from the jar");
                }
                loader.read(new BufferedReader(new InputStreamReader(resource, StandardCharsets.UTF_8)));
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }
        return loader.load();
    }

    private static final class Loader {

        private final Map<String, String[]> definitions = new LinkedHashMap<>();
        private final Map<String, List<String[]>> members = new HashMap<>();
        private final Map<String, String> operations = new LinkedHashMap<>();
        private final Map<String, Shape> shapes = new HashMap<>();

        void read(BufferedReader lines) {
            List<String[]> current = new ArrayList<>();
            for (String line : (Iterable<String>) lines.lines()::iterator) {
                String[] fields = line.split("\t", -1);
                switch (fields[0]) {
                    case "operation" -> operations.put(fields[1], fields[2]);
                    case "member" -> current.add(fields);
                    default -> {
                        current = new ArrayList<>();
                        definitions.put(fields[1], fields);
                        members.put(fields[1], current);
                    }
                }
            }
        }

        ApiModel load() {
            Map<String, Shape> inputs = new LinkedHashMap<>();
            operations.forEach((operation, input) -> inputs.put(operation, shape(input)));
            return new ApiModel(inputs);
        }

        private Shape shape(String name) {
            Shape known = shapes.get(name);
            if (known != null) {
                return known;
            }
            String[] fields = definitions.get(name);
            if (fields == null) {
                Shape builtIn = new Shape(name, type(name, name), none());
                shapes.put(name, builtIn);
                return builtIn;
            }
            Shape shape = new Shape(name, type(name, fields[2]), constraints(fields));
            shapes.put(name, shape);
            if (shape.type() == Shape.Type.ATTRIBUTE_VALUE) {
                return shape;
            }
            if (!fields[9].isEmpty()) {
                shape.key(shape(fields[9]));
            }
            if (!fields[10].isEmpty()) {
                shape.element(shape(fields[10]));
            }
            for (String[] member : members.getOrDefault(name, List.of())) {
                shape.add(new Shape.Member(member[1], shape(member[2]), member[3].equals("required")));
            }
            return shape;
        }

        private static Shape.Type type(String name, String smithyType) {
            if (name.equals("AttributeValue")) {
                return Shape.Type.ATTRIBUTE_VALUE;
            }
            return switch (smithyType.toLowerCase(java.util.Locale.ROOT)) {
                case "string" -> Shape.Type.STRING;
                case "enum" -> Shape.Type.ENUM;
                case "boolean", "primitiveboolean" -> Shape.Type.BOOLEAN;
                case "integer", "primitiveinteger" -> Shape.Type.INTEGER;
                case "long", "primitivelong" -> Shape.Type.LONG;
                case "double", "float" -> Shape.Type.DOUBLE;
                case "blob" -> Shape.Type.BLOB;
                case "timestamp" -> Shape.Type.TIMESTAMP;
                case "list" -> Shape.Type.LIST;
                case "map" -> Shape.Type.MAP;
                default -> Shape.Type.STRUCTURE;
            };
        }

        private static Shape.Constraints constraints(String[] fields) {
            return new Shape.Constraints(
                    number(fields[3]),
                    number(fields[4]),
                    number(fields[5]),
                    number(fields[6]),
                    fields[7].isEmpty() ? null : Pattern.compile(fields[7]),
                    fields[8].isEmpty() ? List.of() : List.of(fields[8].split(",")));
        }

        private static Shape.Constraints none() {
            return new Shape.Constraints(null, null, null, null, null, List.of());
        }

        private static @Nullable Long number(String text) {
            return text.isEmpty() ? null : Long.valueOf(text);
        }
    }
}
