package dev.meridian.node.oracle;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a table holds, as plain maps. */
final class Shelf {

    private static final Comparator<List<Attr>> BY_KEY = Shelf::compare;

    private final Schema schema;
    private final TreeMap<List<Attr>, Map<String, Attr>> items = new TreeMap<>(BY_KEY);

    Shelf(Schema schema) {
        this.schema = schema;
    }

    Schema schema() {
        return schema;
    }

    private static int compare(List<Attr> one, List<Attr> two) {
        int order = one.get(0).compare(two.get(0));
        return order != 0 || one.size() == 1 ? order : one.get(1).compare(two.get(1));
    }

    /** The item with this key; refuses what is not a key of this table. */
    @Nullable
    Map<String, Attr> get(Map<String, Attr> key) {
        requireKey(key);
        return items.get(keyOf(key));
    }

    void requireKey(Map<String, Attr> key) {
        if (!key.keySet().equals(java.util.Set.copyOf(schema.key().names()))) {
            throw Refusal.invalid();
        }
        requireKeys(key);
    }

    /** Refuses an item that has no key, or an attribute that indexes could not take. */
    void requireKeys(Map<String, Attr> item) {
        if (!item.keySet().containsAll(schema.key().names())) {
            throw Refusal.invalid();
        }
        item.forEach((name, value) -> {
            String wanted = schema.types().get(name);
            boolean empty = !value.is("N") && value.isOrdered() && value.text().isEmpty();
            if (wanted != null && (!value.is(wanted) || empty)) {
                throw Refusal.invalid();
            }
        });
    }

    List<Attr> keyOf(Map<String, Attr> item) {
        return schema.key().names().stream()
                .map(name -> Objects.requireNonNull(item.get(name)))
                .toList();
    }

    void put(Map<String, Attr> item) {
        items.put(keyOf(item), item);
    }

    void remove(Map<String, Attr> key) {
        items.remove(keyOf(key));
    }

    List<Map<String, Attr>> all() {
        return new ArrayList<>(items.values());
    }

    /** What an index shows, in the order of its sort key. */
    List<Map<String, Attr>> all(Schema.Index index) {
        List<Map<String, Attr>> rows = new ArrayList<>();
        for (Map<String, Attr> item : items.values()) {
            if (item.keySet().containsAll(index.key().names())) {
                Map<String, Attr> row = new LinkedHashMap<>(item);
                row.keySet().removeIf(name -> !schema.shows(index, name));
                rows.add(new TreeMap<>(row));
            }
        }
        String sort = index.key().sort();
        if (sort != null) {
            rows.sort((one, two) -> attr(one, sort).compare(attr(two, sort)));
        }
        return rows;
    }

    static String type(Schema schema, String name) {
        return Objects.requireNonNull(schema.types().get(name));
    }

    static Attr attr(Map<String, Attr> item, String name) {
        return Objects.requireNonNull(item.get(name));
    }
}
