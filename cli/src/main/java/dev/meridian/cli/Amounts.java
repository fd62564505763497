package dev.meridian.cli;

import dev.meridian.chaos.fault.Durations;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Shares and rates as people type them. */
final class Amounts {

    private static final Pattern RATE = Pattern.compile("(\\d{1,12})(b|kb|mb|gb)?(/s)?");

    private Amounts() {}

    /** {@code 1%} or {@code 0.01}. */
    static double ratio(String text) {
        try {
            return text.endsWith("%")
                    ? Double.parseDouble(text.substring(0, text.length() - 1)) / 100
                    : Double.parseDouble(text);
        } catch (NumberFormatException wrong) {
            throw new UserError(ExitCode.USAGE, "'" + text + "' is not a share; write it like 1% or 0.01");
        }
    }

    /** {@code 1MB/s}, {@code 64KB}, or bare bytes. */
    static long bytesPerSecond(String text) {
        Matcher rate = RATE.matcher(text.toLowerCase(Locale.ROOT));
        if (!rate.matches()) {
            throw new UserError(ExitCode.USAGE, "'" + text + "' is not a rate; write it like 64KB/s or 1MB/s");
        }
        String unit = rate.group(2) == null ? "b" : rate.group(2);
        int shift = switch (unit) {
            case "kb" -> 10;
            case "mb" -> 20;
            case "gb" -> 30;
            default -> 0;
        };
        return Long.parseLong(rate.group(1)) << shift;
    }

    /** {@code 200MB}, or bare bytes. */
    static long bytes(String text) {
        return bytesPerSecond(text);
    }

    /** {@code 80ms}, {@code 30s}, {@code -90s}. */
    static long millis(String text) {
        try {
            return Durations.millis(text);
        } catch (IllegalArgumentException wrong) {
            throw new UserError(ExitCode.USAGE, String.valueOf(wrong.getMessage()));
        }
    }

    /** {@code 200ppm} or {@code -1%}, in a million. */
    static long perMillion(String text) {
        try {
            return text.endsWith("ppm")
                    ? Long.parseLong(text.substring(0, text.length() - 3))
                    : Math.round(ratio(text) * 1_000_000);
        } catch (NumberFormatException wrong) {
            throw new UserError(ExitCode.USAGE, "'" + text + "' is not a drift; write it like 200ppm or -1%");
        }
    }
}
