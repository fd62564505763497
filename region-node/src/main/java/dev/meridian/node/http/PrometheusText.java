package dev.meridian.node.http;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Samples in Prometheus' text format, in which all samples of a family stand together under one type. */
public final class PrometheusText {

    private static final String TYPE = "# TYPE ";

    private final Map<String, List<String>> families = new LinkedHashMap<>();

    /**
     * Adds a sample.
     *
     * @param family the family's name
     * @param type {@code counter}, {@code gauge} or {@code histogram}
     * @param suffix what a histogram's samples have after the family's name; empty for the others
     * @param labels name and value in turn
     */
    public PrometheusText add(String family, String type, String suffix, double value, String... labels) {
        StringBuilder sample = new StringBuilder(family).append(suffix).append('{');
        for (int i = 0; i < labels.length; i += 2) {
            sample.append(i == 0 ? "" : ",").append(labels[i]).append("=\"");
            sample.append(escaped(labels[i + 1])).append('"');
        }
        samplesOf(family + " " + type)
                .add(sample.append("} ").append(text(value)).toString());
        return this;
    }

    /** Adds what another door tells. Lines that belong to no family are left out. */
    public PrometheusText addAll(String text) {
        List<String> samples = new ArrayList<>();
        for (String line : text.split("\n")) {
            if (line.startsWith(TYPE)) {
                samples = samplesOf(line.substring(TYPE.length()));
            } else if (!line.isEmpty() && line.charAt(0) != '#') {
                samples.add(line);
            }
        }
        return this;
    }

    private List<String> samplesOf(String familyAndType) {
        return families.computeIfAbsent(familyAndType, none -> new ArrayList<>());
    }

    private static String escaped(String label) {
        return label.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }

    private static String text(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : Double.toString(value);
    }

    @Override
    public String toString() {
        StringBuilder page = new StringBuilder();
        families.forEach((family, samples) -> {
            page.append(TYPE).append(family).append('\n');
            samples.forEach(sample -> page.append(sample).append('\n'));
        });
        return page.toString();
    }
}
