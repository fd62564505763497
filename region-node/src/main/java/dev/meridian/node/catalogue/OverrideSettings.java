package dev.meridian.node.catalogue;

import dev.meridian.table.definition.ReadOverride;
import dev.meridian.table.definition.ReplicaOverrides;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What is set for single replicas of a table, as it stands in its settings; every replica knows those of all. */
public final class OverrideSettings {

    private static final String PREFIX = "override/";
    private static final String CLASS = "class";
    private static final String READ = "read";
    private static final String MAX_READ = "max-read";
    private static final String INDEX = "index/";

    private OverrideSettings() {}

    static boolean isOne(String setting) {
        return setting.startsWith(PREFIX);
    }

    /** What is set for the replica in that region alone. */
    public static ReplicaOverrides of(TableSettings settings, String region) {
        String prefix = prefix(region);
        Map<String, ReadOverride> indexes = new LinkedHashMap<>();
        for (String name : settings.values().keySet()) {
            if (name.startsWith(prefix + INDEX)) {
                String path = name.substring(0, name.lastIndexOf('/') + 1);
                indexes.put(path.substring((prefix + INDEX).length(), path.length() - 1), reads(settings, path));
            }
        }
        return new ReplicaOverrides(settings.get(prefix + CLASS).orElse(""), reads(settings, prefix), indexes);
    }

    /** The settings with those of the replica in that region, and no others for it. */
    public static TableSettings with(TableSettings settings, String region, ReplicaOverrides overrides) {
        String prefix = prefix(region);
        Map<String, String> changed = new LinkedHashMap<>(settings.values());
        changed.keySet().removeIf(name -> name.startsWith(prefix));
        if (!overrides.tableClass().isEmpty()) {
            changed.put(prefix + CLASS, overrides.tableClass());
        }
        put(changed, prefix, overrides.reads());
        overrides.indexes().forEach((index, reads) -> put(changed, prefix + INDEX + index + "/", reads));
        return new TableSettings(changed);
    }

    /** The regions for whose replicas something is set. */
    public static Set<String> regions(TableSettings settings) {
        Set<String> regions = new TreeSet<>();
        settings.values().keySet().stream()
                .filter(OverrideSettings::isOne)
                .forEach(name -> regions.add(name.substring(PREFIX.length(), name.indexOf('/', PREFIX.length()))));
        return regions;
    }

    private static String prefix(String region) {
        return PREFIX + region + "/";
    }

    private static ReadOverride reads(TableSettings settings, String path) {
        return new ReadOverride(
                settings.get(path + READ).map(Long::parseLong).orElse(0L),
                settings.get(path + MAX_READ).map(Long::parseLong).orElse(0L));
    }

    private static void put(Map<String, String> settings, String path, ReadOverride reads) {
        if (reads.provisioned() != 0) {
            settings.put(path + READ, Long.toString(reads.provisioned()));
        }
        if (reads.maximum() != 0) {
            settings.put(path + MAX_READ, Long.toString(reads.maximum()));
        }
    }
}
