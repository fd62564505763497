package dev.meridian.table.model;

import dev.meridian.table.value.AttributeValue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A structure of a request: member to value, as the model types it. Strings and enumerations are String, integers Long,
 * booleans Boolean, blobs byte[], lists List, maps Map, structures Struct, attribute values AttributeValue.
 */
public final class Struct {

    private final Map<String, Object> values = new LinkedHashMap<>();

    void put(String member, Object value) {
        values.put(member, value);
    }

    public boolean has(String member) {
        return values.containsKey(member);
    }

    public @Nullable Object get(String member) {
        return values.get(member);
    }

    public @Nullable String text(String member) {
        return (String) values.get(member);
    }

    /** A member that the model requires. */
    public String requiredText(String member) {
        String value = text(member);
        if (value == null) {
            throw new IllegalStateException(member + " is required, and the request was not checked");
        }
        return value;
    }

    public String text(String member, String otherwise) {
        String value = text(member);
        return value == null ? otherwise : value;
    }

    public boolean flag(String member) {
        return Boolean.TRUE.equals(values.get(member));
    }

    public @Nullable Long number(String member) {
        return (Long) values.get(member);
    }

    public @Nullable Struct struct(String member) {
        return (Struct) values.get(member);
    }

    @SuppressWarnings("unchecked")
    public List<Struct> structs(String member) {
        List<Struct> list = (List<Struct>) values.get(member);
        return list == null ? List.of() : list;
    }

    @SuppressWarnings("unchecked")
    public List<String> texts(String member) {
        List<String> list = (List<String>) values.get(member);
        return list == null ? List.of() : list;
    }

    @SuppressWarnings("unchecked")
    public <T> Map<String, T> map(String member) {
        Map<String, T> map = (Map<String, T>) values.get(member);
        return map == null ? Map.of() : map;
    }

    /** A map of attribute names to values. */
    public Map<String, AttributeValue> attributes(String member) {
        return map(member);
    }
}
