package dev.meridian.table.expression;

import dev.meridian.table.value.AttributeValue;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** A request's ExpressionAttributeNames and ExpressionAttributeValues, and which of them its expressions have used. */
public final class Bindings {

    private final Map<String, String> names;
    private final Map<String, AttributeValue> values;
    private final Set<String> used = new HashSet<>();

    public Bindings(Map<String, String> names, Map<String, AttributeValue> values) {
        this.names = names;
        this.values = values;
    }

    /** The attribute name behind {@code #name}. */
    String name(String reference, ExpressionKind kind) {
        String name = names.get(reference);
        if (name == null) {
            throw kind.invalid("An expression attribute name used in the document path is not defined; attribute name: "
                    + reference);
        }
        used.add(reference);
        return name;
    }

    /** The value behind {@code :value}. */
    AttributeValue value(String reference, ExpressionKind kind) {
        AttributeValue value = values.get(reference);
        if (value == null) {
            throw kind.invalid(
                    "An expression attribute value used in expression is not defined; attribute value: " + reference);
        }
        used.add(reference);
        return value;
    }

    /** Refuses names and values that no expression of the request has used. */
    public void checkAllUsed() {
        refuseUnused("ExpressionAttributeNames", names.keySet());
        refuseUnused("ExpressionAttributeValues", values.keySet());
    }

    private void refuseUnused(String parameter, Set<String> references) {
        if (!used.containsAll(references)) {
            Set<String> unused = new TreeSet<>(references);
            unused.removeAll(used);
            throw new InvalidExpressionException("Value provided in " + parameter + " unused in expressions: keys: {"
                    + String.join(", ", unused) + "}");
        }
    }
}
