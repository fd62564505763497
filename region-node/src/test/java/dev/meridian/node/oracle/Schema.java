package dev.meridian.node.oracle;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A table's keys and indexes.
 *
 * @param types the type of each key attribute of the table and its indexes
 */
record Schema(String table, Key key, Map<String, String> types, List<Index> indexes) {

    /** A partition key and perhaps a sort key. */
    record Key(String partition, @Nullable String sort) {

        List<String> names() {
            return sort == null ? List.of(partition) : List.of(partition, sort);
        }
    }

    /** @param projected attributes besides keys; null: all there are */
    record Index(
            String name, boolean local, Key key, @Nullable Set<String> projected) {}

    static Schema wide(String table) {
        return new Schema(
                table,
                new Key("p", "s"),
                Map.of("p", "S", "s", "N", "l", "S", "g", "S", "n", "N"),
                List.of(
                        new Index("by-l", true, new Key("p", "l"), null),
                        new Index("by-g", false, new Key("g", "n"), Set.of("a")),
                        new Index("by-n", false, new Key("n", null), null)));
    }

    static Schema narrow(String table) {
        return new Schema(table, new Key("id", null), Map.of("id", "B"), List.of());
    }

    /** Keys of the table and of the index, each once. */
    List<String> names(Index index) {
        Set<String> names = new LinkedHashSet<>(key.names());
        names.addAll(index.key().names());
        return new ArrayList<>(names);
    }

    /** Whether rows of the index have this attribute. */
    boolean shows(Index index, String attribute) {
        return index.projected() == null
                || index.projected().contains(attribute)
                || names(index).contains(attribute);
    }

    Map<String, Object> createTable() {
        List<Object> definitions = types.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .<Object>map(type -> Map.of("AttributeName", type.getKey(), "AttributeType", type.getValue()))
                .toList();
        Map<String, Object> request = new java.util.TreeMap<>(Map.of(
                "TableName",
                table,
                "BillingMode",
                "PAY_PER_REQUEST",
                "AttributeDefinitions",
                definitions,
                "KeySchema",
                elements(key)));
        for (boolean local : new boolean[] {true, false}) {
            List<Object> described = indexes.stream()
                    .filter(index -> index.local() == local)
                    .<Object>map(Schema::described)
                    .toList();
            if (!described.isEmpty()) {
                request.put(local ? "LocalSecondaryIndexes" : "GlobalSecondaryIndexes", described);
            }
        }
        return request;
    }

    private static Map<String, Object> described(Index index) {
        Object projection = index.projected() == null
                ? Map.of("ProjectionType", "ALL")
                : Map.of("ProjectionType", "INCLUDE", "NonKeyAttributes", List.copyOf(index.projected()));
        return Map.of("IndexName", index.name(), "KeySchema", elements(index.key()), "Projection", projection);
    }

    private static List<Object> elements(Key key) {
        List<Object> elements = new ArrayList<>();
        for (String name : key.names()) {
            elements.add(Map.of("AttributeName", name, "KeyType", elements.isEmpty() ? "HASH" : "RANGE"));
        }
        return elements;
    }
}
