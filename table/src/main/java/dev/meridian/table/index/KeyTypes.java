package dev.meridian.table.index;

import dev.meridian.table.value.AttributeValue;
import org.jspecify.annotations.Nullable;

/** Types of key attributes by their letters. */
public final class KeyTypes {

    private KeyTypes() {}

    /** Whether the value is of the key type S, N or B. */
    public static boolean is(AttributeValue value, @Nullable String type) {
        return type != null && name(value).equals(type);
    }

    /** The letters of a value's type as the service writes them. */
    public static String name(AttributeValue value) {
        if (value instanceof AttributeValue.Bool) {
            return "BOOL";
        }
        return value instanceof AttributeValue.Null ? "NULL" : value.getClass().getSimpleName();
    }
}
