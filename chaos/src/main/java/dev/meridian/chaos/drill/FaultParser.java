package dev.meridian.chaos.drill;

import dev.meridian.chaos.fault.DiskFault;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the fault of a step. */
final class FaultParser {

    private static final Pattern LINK = Pattern.compile("([a-z0-9-]+)\\s*([~>])\\s*([a-z0-9-]+)");
    private static final String FIS_PAUSE = "aws:dynamodb:global-table-pause-replication";

    @FunctionalInterface
    private interface Reader {

        DrillFault read(YamlObject step, List<String> regions);
    }

    private record Kind(List<String> keys, Reader reader) {}

    private static final Map<String, Kind> KINDS = kinds();

    private FaultParser() {}

    private static Map<String, Kind> kinds() {
        Map<String, Kind> kinds = new LinkedHashMap<>();
        List<String> region = List.of("region");
        kinds.put("region-kill", new Kind(region, (step, all) -> new DrillFault.RegionKill(region(step, all))));
        kinds.put("region-pause", new Kind(region, (step, all) -> new DrillFault.RegionPause(region(step, all))));
        kinds.put(
                "clock-skew",
                new Kind(
                        List.of("region", "offset"),
                        (step, all) -> new DrillFault.ClockSkew(region(step, all), step.millis("offset", 0))));
        kinds.put("link-cut", new Kind(List.of("link"), FaultParser::cut));
        kinds.put(
                "link-slow",
                new Kind(List.of("link", "latency", "jitter", "loss", "duplicate", "reorder"), FaultParser::slow));
        kinds.put("partition", new Kind(List.of("groups"), FaultParser::partition));
        kinds.put("link-flap", new Kind(List.of("link", "every"), FaultParser::flap));
        kinds.put(
                "disk-slow",
                new Kind(
                        List.of("region", "latency"),
                        (step, all) -> new DrillFault.Disk(
                                region(step, all), new DiskFault(step.millis("latency", 100), false, false))));
        kinds.put(
                "disk-full",
                new Kind(region, (step, all) -> new DrillFault.Disk(region(step, all), new DiskFault(0, true, false))));
        kinds.put(
                "disk-sync-error",
                new Kind(region, (step, all) -> new DrillFault.Disk(region(step, all), new DiskFault(0, false, true))));
        kinds.put(
                "http-door",
                new Kind(
                        List.of("effect", "region", "operation", "table", "probability", "latency"),
                        FaultParser::door));
        kinds.put("pause-replication", new Kind(region, FaultParser::pauseReplication));
        kinds.put(FIS_PAUSE, new Kind(region, FaultParser::pauseReplication));
        return kinds;
    }

    /** Every fault, and the keys that are its own. */
    static Map<String, List<String>> keys() {
        Map<String, List<String>> keys = new LinkedHashMap<>();
        KINDS.forEach((fault, kind) -> keys.put(fault, kind.keys()));
        return keys;
    }

    static DrillFault read(YamlObject step, List<String> regions) {
        String fault = step.text("fault");
        Kind kind = KINDS.get(fault);
        if (kind == null) {
            throw new DrillFileException(
                    step.line("fault"),
                    "there is no fault '" + fault + "'; did you mean '" + Nearest.to(fault, KINDS.keySet()) + "'?");
        }
        List<String> keys = new ArrayList<>(DrillKeys.STEP);
        keys.addAll(kind.keys());
        return kind.reader().read(step.only(keys), regions);
    }

    private static String region(YamlObject step, List<String> regions) {
        return known(step, step.text("region"), "region", regions);
    }

    /** The region, if it is one of the drill's. */
    static String known(YamlObject from, String region, String key, List<String> regions) {
        if (!regions.contains(region)) {
            throw new DrillFileException(
                    from.line(key),
                    "region '" + region + "' is not in the topology; did you mean '" + Nearest.to(region, regions)
                            + "'?");
        }
        return region;
    }

    private static Matcher link(YamlObject step, List<String> regions) {
        Matcher link = LINK.matcher(step.text("link"));
        if (!link.matches()) {
            throw new DrillFileException(
                    step.line("link"), "'link' is written like us-east-1~eu-west-1, or with > for one way");
        }
        known(step, link.group(1), "link", regions);
        known(step, link.group(3), "link", regions);
        return link;
    }

    private static DrillFault cut(YamlObject step, List<String> regions) {
        Matcher link = link(step, regions);
        return new DrillFault.Cut(
                List.of(link.group(1)), List.of(link.group(3)), link.group(2).equals(">"));
    }

    private static DrillFault slow(YamlObject step, List<String> regions) {
        Matcher link = link(step, regions);
        return new DrillFault.Slow(
                link.group(1),
                link.group(3),
                link.group(2).equals(">"),
                step.millis("latency", 0),
                step.millis("jitter", 0),
                step.share("loss"),
                step.share("duplicate"),
                step.share("reorder"));
    }

    private static DrillFault flap(YamlObject step, List<String> regions) {
        Matcher link = link(step, regions);
        long every = step.millis("every", 1_000);
        if (every < 1) {
            throw new DrillFileException(step.line("every"), "'every' is 1ms or more");
        }
        return new DrillFault.Flap(link.group(1), link.group(3), link.group(2).equals(">"), every);
    }

    private static DrillFault door(YamlObject step, List<String> regions) {
        String effect = step.text("effect");
        String region = step.has("region") ? region(step, regions) : "";
        double probability = step.has("probability") ? step.share("probability") : 1;
        try {
            return new DrillFault.Door(
                    effect,
                    DoorEffects.rule(
                            effect,
                            region,
                            step.text("operation", ""),
                            step.text("table", ""),
                            probability,
                            step.millis("latency", 1_000)));
        } catch (IllegalArgumentException wrong) {
            throw new DrillFileException(step.line("effect"), String.valueOf(wrong.getMessage()));
        }
    }

    private static DrillFault partition(YamlObject step, List<String> regions) {
        String[] groups = step.text("groups").split("/", -1);
        if (groups.length != 2) {
            throw new DrillFileException(
                    step.line("groups"), "'groups' is written like us-east-1 / eu-west-1,ap-southeast-2");
        }
        List<List<String>> sides = new ArrayList<>();
        for (String group : groups) {
            List<String> side = new ArrayList<>();
            for (String region : group.split(",", -1)) {
                side.add(known(step, region.strip(), "groups", regions));
            }
            sides.add(List.copyOf(side));
        }
        return new DrillFault.Cut(sides.get(0), sides.get(1), false);
    }

    private static DrillFault pauseReplication(YamlObject step, List<String> regions) {
        String region = region(step, regions);
        List<String> others =
                regions.stream().filter(other -> !other.equals(region)).toList();
        return new DrillFault.PauseReplication(region, others);
    }
}
