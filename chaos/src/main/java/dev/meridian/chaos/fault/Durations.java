package dev.meridian.chaos.fault;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as people type them: {@code 80ms}, {@code 30s}, {@code 2m}, {@code 1h}; a bare number is milliseconds. */
public final class Durations {

    private static final Pattern FORM = Pattern.compile("([+-]?\\d{1,12})(ms|s|m|h|)");

    private Durations() {}

    /** The duration in milliseconds; throws IllegalArgumentException with a sentence for the user. */
    public static long millis(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw new IllegalArgumentException("'" + text + "' is not a duration; write it like 80ms, 30s, 2m or 1h");
        }
        long value = Long.parseLong(form.group(1));
        return switch (form.group(2)) {
            case "s" -> value * 1_000;
            case "m" -> value * 60_000;
            case "h" -> value * 3_600_000;
            default -> value;
        };
    }
}
