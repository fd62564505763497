package dev.meridian.table.definition;

import dev.meridian.table.model.ServiceException;
import dev.meridian.table.model.Struct;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a request says of tags, checked in the words that the service has for them instead of those for other constraints. */
public final class TagRequest {

    private static final int TAGS_MAX = 50;
    private static final int KEY_LENGTH_MAX = 128;
    private static final int VALUE_LENGTH_MAX = 256;
    private static final Pattern TEXT = Pattern.compile("[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*");

    private TagRequest() {}

    /** Tags with those of the request; throws {@link ServiceException} where some are none, twice there, or too many then. */
    public static Map<String, String> with(Map<String, String> tags, List<Struct> added) {
        Map<String, String> given = new LinkedHashMap<>();
        for (Struct tag : added) {
            String key = key(tag.text("Key"));
            String value = tag.text("Value");
            if (value == null || !isText(value, VALUE_LENGTH_MAX)) {
                throw ServiceException.validation("The Tag Value provided is invalid, Value: " + value);
            }
            if (given.put(key, value) != null) {
                throw ServiceException.validation(
                        "Duplicate Tag Keys provided as input: Duplicate Tag Key found " + key);
            }
        }
        Map<String, String> all = new LinkedHashMap<>(tags);
        all.putAll(given);
        checkCount(all.size());
        return all;
    }

    /** Tags without those of the request; keys that are not there are passed over. */
    public static Map<String, String> without(Map<String, String> tags, List<String> removed) {
        checkCount(removed.size());
        Map<String, String> left = new LinkedHashMap<>(tags);
        removed.forEach(key -> left.remove(key(key)));
        return left;
    }

    private static String key(@Nullable String key) {
        if (key == null || key.isEmpty() || !isText(key, KEY_LENGTH_MAX)) {
            throw ServiceException.validation("The Tag Key provided is invalid, Key: " + key);
        }
        if (key.startsWith("aws:")) {
            throw ServiceException.validation("Tag Key cannot be prefixed with aws:, Key: " + key);
        }
        return key;
    }

    private static boolean isText(String text, int lengthMax) {
        return text.codePointCount(0, text.length()) <= lengthMax
                && TEXT.matcher(text).matches();
    }

    private static void checkCount(int count) {
        if (count > TAGS_MAX) {
            throw ServiceException.validation("Number of Tags exceed the current limit for the provided ResourceArn");
        }
    }
}
