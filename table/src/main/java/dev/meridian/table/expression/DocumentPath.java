package dev.meridian.table.expression;

import dev.meridian.table.value.AttributeValue;
import dev.meridian.table.value.Item;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A path into an item: an attribute, then map entries and list elements.
 *
 * @param steps strings for names, integers for list indexes; names beginning with # are references until {@link #bind}
 */
public record DocumentPath(List<Object> steps) {

    /** As deep as an item may nest. */
    public static final int LEVELS_MAX = 32;

    /** What the service says of a path that goes deeper. */
    public static String tooManyLevels(int levels) {
        return "The document path has too many nesting levels; nesting levels: " + levels;
    }

    /** The path with its references replaced by what they stand for. */
    DocumentPath bind(Bindings bindings, ExpressionKind kind) {
        List<Object> bound = new ArrayList<>(steps.size());
        for (Object step : steps) {
            bound.add(step instanceof Reference reference ? bindings.name(reference.text(), kind) : step);
        }
        return new DocumentPath(bound);
    }

    /** A {@code #name} that stands for an attribute name. */
    record Reference(String text) {}

    /** The attribute the path starts at. */
    public String attribute() {
        return (String) steps.get(0);
    }

    public boolean isTopLevel() {
        return steps.size() == 1;
    }

    /** What lies at the path, or null. */
    public @Nullable AttributeValue find(@Nullable Item item) {
        AttributeValue value = item == null ? null : item.get(attribute());
        for (int i = 1; i < steps.size() && value != null; i++) {
            value = step(value, steps.get(i));
        }
        return value;
    }

    private static @Nullable AttributeValue step(AttributeValue value, Object step) {
        if (step instanceof String name) {
            return value instanceof AttributeValue.M map ? map.entries().get(name) : null;
        }
        int index = (Integer) step;
        return value instanceof AttributeValue.L list && index < list.elements().size()
                ? list.elements().get(index)
                : null;
    }

    /** Whether one of the two lies on the way to the other, or they are the same. */
    boolean overlaps(DocumentPath other) {
        int shared = Math.min(steps.size(), other.steps.size());
        return steps.subList(0, shared).equals(other.steps.subList(0, shared));
    }

    /** Whether the two use one place both as a map and as a list. */
    boolean conflicts(DocumentPath other) {
        int shared = Math.min(steps.size(), other.steps.size());
        for (int i = 0; i < shared; i++) {
            if (steps.get(i).getClass() != other.steps.get(i).getClass()) {
                return true;
            }
            if (!steps.get(i).equals(other.steps.get(i))) {
                return false;
            }
        }
        return false;
    }

    /** As the service shows a path: {@code [a, b, [0]]}. */
    @Override
    public String toString() {
        return steps.stream()
                .map(step -> step instanceof Integer ? "[" + step + "]" : step.toString())
                .collect(Collectors.joining(", ", "[", "]"));
    }
}
