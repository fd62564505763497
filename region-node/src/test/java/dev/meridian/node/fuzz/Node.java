package dev.meridian.node.fuzz;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** JSON that may be wrong: an object's names may repeat, and a leaf is any text at all. Made to be changed. */
sealed interface Node {

    JsonFactory JSON = new JsonFactory();

    /** An object: names as they are, and what stands under each. */
    record Members(List<String> names, List<Node> values) implements Node {

        void set(String name, Node value) {
            int at = names.indexOf(name);
            if (at < 0) {
                add(name, value);
            } else {
                values.set(at, value);
            }
        }

        void add(String name, Node value) {
            names.add(name);
            values.add(value);
        }

        void remove(int at) {
            names.remove(at);
            values.remove(at);
        }
    }

    /** An array. */
    record Elements(List<Node> values) implements Node {}

    /** Anything else, as it is written. */
    record Leaf(String text) implements Node {

        boolean isString() {
            return text.length() > 1 && text.startsWith("\"") && text.endsWith("\"");
        }
    }

    static Members object() {
        return new Members(new ArrayList<>(), new ArrayList<>());
    }

    static Leaf string(String value) {
        return new Leaf(quoted(value));
    }

    static Node read(String json) {
        try (JsonParser parser = JSON.createParser(json)) {
            parser.nextToken();
            return read(parser);
        } catch (IOException malformed) {
            throw new UncheckedIOException(json, malformed);
        }
    }

    private static Node read(JsonParser parser) throws IOException {
        if (parser.currentToken() == JsonToken.START_OBJECT) {
            Members object = object();
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                String name = parser.currentName();
                parser.nextToken();
                object.add(name, read(parser));
            }
            return object;
        }
        if (parser.currentToken() == JsonToken.START_ARRAY) {
            Elements array = new Elements(new ArrayList<>());
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                array.values().add(read(parser));
            }
            return array;
        }
        return parser.currentToken() == JsonToken.VALUE_STRING ? string(parser.getText()) : new Leaf(parser.getText());
    }

    private static String quoted(String value) {
        return "\"" + new String(JsonStringEncoder.getInstance().quoteAsString(value)) + "\"";
    }

    static String text(Node node) {
        StringBuilder text = new StringBuilder();
        write(node, text);
        return text.toString();
    }

    private static void write(Node node, StringBuilder text) {
        if (node instanceof Leaf leaf) {
            text.append(leaf.text());
        } else if (node instanceof Elements array) {
            text.append('[');
            for (int i = 0; i < array.values().size(); i++) {
                text.append(i == 0 ? "" : ",");
                write(array.values().get(i), text);
            }
            text.append(']');
        } else {
            Members object = (Members) node;
            text.append('{');
            for (int i = 0; i < object.names().size(); i++) {
                text.append(i == 0 ? "" : ",")
                        .append(quoted(object.names().get(i)))
                        .append(':');
                write(object.values().get(i), text);
            }
            text.append('}');
        }
    }
}
