package dev.meridian.table.expression;

import dev.meridian.table.value.AttributeValue;
import dev.meridian.table.value.Item;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The parts of an item that lie at given paths, in their places. */
public final class Projection {

    private Projection() {}

    /** Keeps what lies at the bound paths; elements of a list close up. */
    public static Item apply(List<DocumentPath> paths, Item item) {
        Node root = new Node();
        for (DocumentPath path : paths) {
            Node node = root;
            for (Object step : path.steps()) {
                node = node.children.computeIfAbsent(step, key -> new Node());
            }
        }
        Map<String, AttributeValue> kept = new LinkedHashMap<>();
        item.attributes().forEach((name, value) -> {
            Node node = root.children.get(name);
            AttributeValue part = node == null ? null : prune(value, node);
            if (part != null) {
                kept.put(name, part);
            }
        });
        return new Item(kept);
    }

    private static final class Node {
        private final Map<Object, Node> children = new LinkedHashMap<>();
    }

    private static @Nullable AttributeValue prune(AttributeValue value, Node node) {
        if (node.children.isEmpty()) {
            return value;
        }
        if (value instanceof AttributeValue.M map) {
            Map<String, AttributeValue> kept = new LinkedHashMap<>();
            map.entries().forEach((name, child) -> {
                Node next = node.children.get(name);
                AttributeValue part = next == null ? null : prune(child, next);
                if (part != null) {
                    kept.put(name, part);
                }
            });
            return kept.isEmpty() ? null : new AttributeValue.M(kept);
        }
        if (value instanceof AttributeValue.L list) {
            List<AttributeValue> kept = new ArrayList<>();
            for (int i = 0; i < list.elements().size(); i++) {
                Node next = node.children.get(i);
                AttributeValue part =
                        next == null ? null : prune(list.elements().get(i), next);
                if (part != null) {
                    kept.add(part);
                }
            }
            return kept.isEmpty() ? null : new AttributeValue.L(kept);
        }
        return null;
    }
}
