package dev.meridian.cli;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reaches into parsed JSON. */
final class Json {

    private Json() {}

    @SuppressWarnings("unchecked")
    static Map<String, Object> object(@Nullable Object value) {
        return value instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of();
    }

    @SuppressWarnings("unchecked")
    static List<Object> list(@Nullable Object value) {
        return value instanceof List<?> list ? (List<Object>) list : List.of();
    }

    static long number(@Nullable Object value) {
        return value instanceof Number number ? number.longValue() : 0;
    }

    static String text(@Nullable Object value) {
        return value == null ? "" : value.toString();
    }
}
