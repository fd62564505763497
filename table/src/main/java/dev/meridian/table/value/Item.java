package dev.meridian.table.value;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An item: attribute names and their values. Immutable; the map's order is the order the attributes were given in. */
public record Item(Map<String, AttributeValue> attributes) {

    public static final Item EMPTY = new Item(Map.of());

    /** The value of a top-level attribute, or null where the item has none of that name. */
    public @Nullable AttributeValue get(String name) {
        return attributes.get(name);
    }
}
