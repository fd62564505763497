package dev.meridian.chaos.control;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whether regions hold the same, from what each told of its tables' contents.
 *
 * @param differing tables whose digests differ: to each region's digest
 * @param silent regions that told nothing
 */
record Convergence(Map<String, Map<String, String>> differing, Set<String> silent) {

    private static final Pattern TABLE =
            Pattern.compile("\"([^\"]+)\":\\{\"items\":\\d+,\"tombstones\":\\d+,\"digest\":\"([0-9a-f]+)\"}");

    boolean isReached() {
        return differing.isEmpty() && silent.isEmpty();
    }

    /** Judges the contents reports of all regions. */
    static Convergence of(Map<String, Optional<String>> contents) {
        Map<String, Map<String, String>> byTable = new TreeMap<>();
        Set<String> silent = new LinkedHashSet<>();
        contents.forEach((region, report) -> {
            if (report.isEmpty()) {
                silent.add(region);
                return;
            }
            Matcher tables = TABLE.matcher(report.get());
            while (tables.find()) {
                byTable.computeIfAbsent(tables.group(1), name -> new LinkedHashMap<>())
                        .put(region, tables.group(2));
            }
        });
        byTable.values().removeIf(digests -> Set.copyOf(digests.values()).size() <= 1);
        return new Convergence(byTable, silent);
    }
}
