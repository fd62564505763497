package dev.meridian.chaos.drill;

import dev.meridian.chaos.yaml.DrillFileException;
import dev.meridian.chaos.yaml.Nearest;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a measure must be, as {@code rto <= 30s}.
 *
 * @param limit in the measure's unit: milliseconds, a count or a percentage
 */
public record Threshold(String text, String measure, String relation, double limit) {

    private static final Pattern FORM =
            Pattern.compile("([a-z0-9.-]+)\\s*(<=|>=|==|<|>)\\s*([0-9]+(?:\\.[0-9]+)?)\\s*(ms|s|m|%|)");

    static Threshold parse(String text, int line) {
        Matcher form = FORM.matcher(text.strip());
        if (!form.matches()) {
            throw new DrillFileException(
                    line, "'" + text + "' is not a threshold; write it like 'rto <= 30s' or 'rpo.writes == 0'");
        }
        String measure = form.group(1);
        if (!Measures.NAMES.containsKey(measure)) {
            throw new DrillFileException(
                    line,
                    "there is no measure '" + measure + "'; did you mean '"
                            + Nearest.to(measure, Measures.NAMES.keySet()) + "'?");
        }
        double value = Double.parseDouble(form.group(3));
        String unit = Measures.NAMES.getOrDefault(measure, "");
        boolean isTime = form.group(4).endsWith("s") || form.group(4).equals("m");
        if (unit.equals("ms") && !isTime && value != 0) {
            throw new DrillFileException(
                    line, "'" + measure + "' is a time; write it like '" + measure + " " + form.group(2) + " 30s'");
        }
        if (!unit.equals("ms") && isTime || form.group(4).equals("%") && !unit.equals("%")) {
            throw new DrillFileException(
                    line,
                    "'" + measure + "' is " + (unit.isEmpty() ? "a count" : "a percentage") + "; write it like '"
                            + measure + " " + form.group(2) + " 5" + unit + "'");
        }
        double limit = switch (form.group(4)) {
            case "s" -> value * 1_000;
            case "m" -> value * 60_000;
            default -> value;
        };
        return new Threshold(text.strip(), measure, form.group(2), limit);
    }

    public boolean holds(Map<String, Double> measured) {
        double value = measured.getOrDefault(measure, 0.0);
        return switch (relation) {
            case "<=" -> value <= limit;
            case ">=" -> value >= limit;
            case "<" -> value < limit;
            case ">" -> value > limit;
            default -> Math.abs(value - limit) < 1e-9;
        };
    }

    /** A measure for people. */
    public static String show(String measure, double value) {
        String unit = Measures.NAMES.getOrDefault(measure, "");
        if (unit.equals("ms") && value >= 1_000) {
            return String.format(Locale.ROOT, "%.2f s", value / 1_000);
        }
        String form = value == Math.rint(value) || unit.equals("ms") && value >= 100 ? "%.0f %s" : "%.2f %s";
        return String.format(Locale.ROOT, form, value, unit).strip();
    }
}
