package dev.meridian.chaos.drill;

import dev.meridian.chaos.drill.Drill.WriteMode;
import dev.meridian.chaos.fault.LatencyPreset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads drill files. */
public final class DrillParser {

    private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");
    private static final Pattern RATE = Pattern.compile("([0-9]+(?:\\.[0-9]+)?)/(s|m)");
    private static final Pattern LINK = Pattern.compile("([a-z0-9-]+)\\s*([~>])\\s*([a-z0-9-]+)");
    private static final List<String> FAULTS =
            List.of("region-kill", "region-pause", "clock-skew", "link-cut", "link-slow", "partition");
    private static final long SETTLE_MILLIS = 60_000;

    private DrillParser() {}

    /** The drill of a file's text; throws {@link DrillFileException}. */
    public static Drill parse(String text) {
        YamlObject root = YamlObject.parse(text).only("apiVersion", "kind", "metadata", "spec");
        expect(root, "apiVersion", "meridian/v1");
        expect(root, "kind", "Drill");
        YamlObject metadata = required(root, "metadata").only("name", "title", "story", "owner", "tags");
        YamlObject spec = required(root, "spec")
                .only("seed", "topology", "load", "steps", "thresholds", "sometimes", "settle", "hypothesis");
        String name = metadata.text("name");
        if (!NAME.matcher(name).matches()) {
            throw new DrillFileException(
                    metadata.line("name"),
                    "a drill's name is made of small letters, digits and '-', not '" + name + "'");
        }
        Drill.Topology topology = topology(spec);
        return new Drill(
                name,
                metadata.text("title", name),
                metadata.text("story", ""),
                spec.number("seed", 1),
                topology,
                load(spec, topology.regions()),
                steps(spec, topology.regions()),
                thresholds(spec),
                sometimes(spec),
                spec.millis("settle", SETTLE_MILLIS));
    }

    private static void expect(YamlObject root, String key, String value) {
        if (!root.text(key).equals(value)) {
            throw new DrillFileException(root.line(key), "'" + key + "' is '" + value + "' here");
        }
    }

    private static YamlObject required(YamlObject root, String key) {
        return root.object(key).orElseThrow(() -> new DrillFileException(root.line(), "the drill needs '" + key + "'"));
    }

    private static Drill.Topology topology(YamlObject spec) {
        List<String> regions = List.of("us-east-1", "eu-west-1", "ap-southeast-2");
        String latency = "none";
        YamlObject topology = spec.object("topology").orElse(null);
        if (topology != null) {
            topology.only("regions", "latency");
            regions = topology.has("regions") ? topology.texts("regions") : regions;
            latency = topology.text("latency", latency);
            try {
                LatencyPreset.of(latency, regions);
            } catch (IllegalArgumentException wrong) {
                throw new DrillFileException(topology.line("latency"), String.valueOf(wrong.getMessage()));
            }
            if (regions.size() < 2) {
                throw new DrillFileException(topology.line("regions"), "a drill takes two regions or more");
            }
        }
        return new Drill.Topology(regions, latency);
    }

    private static Drill.Load load(YamlObject spec, List<String> regions) {
        YamlObject load = required(spec, "load")
                .only(
                        "mode",
                        "home",
                        "failover-to",
                        "rate",
                        "for",
                        "keys",
                        "item-size",
                        "puts",
                        "timeout",
                        "detect-after");
        String home = region(load, load.text("home", regions.get(0)), "home", regions);
        List<String> next = new ArrayList<>();
        for (String other : load.has("failover-to") ? load.texts("failover-to") : regions) {
            if (!other.equals(home)) {
                next.add(region(load, other, "failover-to", regions));
            }
        }
        Matcher rate = RATE.matcher(load.text("rate"));
        if (!rate.matches()) {
            throw new DrillFileException(load.line("rate"), "'rate' is written like 200/s");
        }
        double perSecond = Double.parseDouble(rate.group(1)) / (rate.group(2).equals("m") ? 60 : 1);
        Keys.Spec keys = keys(load);
        return new Drill.Load(
                mode(load),
                home,
                next,
                perSecond,
                load.millis("for", 30_000),
                keys.count(),
                keys.skew(),
                (int) load.number("item-size", 300),
                (int) Math.min(100, load.number("puts", 100)),
                load.millis("timeout", 1_000),
                (int) Math.max(1, load.number("detect-after", 3)));
    }

    private static Keys.Spec keys(YamlObject load) {
        try {
            return Keys.spec(load.text("keys", "unique"));
        } catch (IllegalArgumentException wrong) {
            throw new DrillFileException(load.line("keys"), String.valueOf(wrong.getMessage()));
        }
    }

    private static WriteMode mode(YamlObject load) {
        Map<String, WriteMode> modes = Map.of(
                "any-region", WriteMode.ANY_REGION,
                "one-region", WriteMode.ONE_REGION,
                "your-region", WriteMode.YOUR_REGION);
        String text = load.text("mode", "one-region");
        WriteMode mode = modes.get(text);
        if (mode == null) {
            throw new DrillFileException(
                    load.line("mode"), "'mode' is any-region, one-region or your-region, not '" + text + "'");
        }
        return mode;
    }

    private static String region(YamlObject from, String region, String key, List<String> regions) {
        if (!regions.contains(region)) {
            throw new DrillFileException(
                    from.line(key),
                    "region '" + region + "' is not in the topology; did you mean '" + Nearest.to(region, regions)
                            + "'?");
        }
        return region;
    }

    private static List<Drill.Step> steps(YamlObject spec, List<String> regions) {
        List<Drill.Step> steps = new ArrayList<>();
        for (YamlObject step : spec.objects("steps")) {
            String fault = step.text("fault");
            DrillFault what = switch (fault) {
                case "region-kill" -> new DrillFault.RegionKill(only(step, regions, "region"));
                case "region-pause" -> new DrillFault.RegionPause(only(step, regions, "region"));
                case "clock-skew" ->
                    new DrillFault.ClockSkew(only(step, regions, "region", "offset"), step.millis("offset", 0));
                case "link-cut" -> cut(step.only("at", "for", "fault", "link"), regions);
                case "link-slow" -> slow(step.only("at", "for", "fault", "link", "latency", "jitter", "loss"), regions);
                case "partition" -> partition(step.only("at", "for", "fault", "groups"), regions);
                default ->
                    throw new DrillFileException(
                            step.line("fault"),
                            "there is no fault '" + fault + "'; did you mean '" + Nearest.to(fault, FAULTS) + "'?");
            };
            steps.add(new Drill.Step(step.millis("at", 0), step.millis("for", 0), what, step.line()));
        }
        return List.copyOf(steps);
    }

    private static String only(YamlObject step, List<String> regions, String... own) {
        List<String> keys = new ArrayList<>(List.of("at", "for", "fault"));
        keys.addAll(List.of(own));
        step.only(keys.toArray(String[]::new));
        return region(step, step.text("region"), "region", regions);
    }

    private static Matcher link(YamlObject step, List<String> regions) {
        Matcher link = LINK.matcher(step.text("link"));
        if (!link.matches()) {
            throw new DrillFileException(
                    step.line("link"), "'link' is written like us-east-1~eu-west-1, or with > for one way");
        }
        region(step, link.group(1), "link", regions);
        region(step, link.group(3), "link", regions);
        return link;
    }

    private static DrillFault cut(YamlObject step, List<String> regions) {
        Matcher link = link(step, regions);
        return new DrillFault.Cut(
                List.of(link.group(1)), List.of(link.group(3)), link.group(2).equals(">"));
    }

    private static DrillFault slow(YamlObject step, List<String> regions) {
        Matcher link = link(step, regions);
        String loss = step.text("loss", "0%").toLowerCase(Locale.ROOT);
        double ratio;
        try {
            ratio = Double.parseDouble(loss.replace("%", "")) / 100;
        } catch (NumberFormatException wrong) {
            throw new DrillFileException(step.line("loss"), "'loss' is written like 1%");
        }
        return new DrillFault.Slow(
                link.group(1),
                link.group(3),
                link.group(2).equals(">"),
                step.millis("latency", 0),
                step.millis("jitter", 0),
                ratio);
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
                side.add(region(step, region.strip(), "groups", regions));
            }
            sides.add(List.copyOf(side));
        }
        return new DrillFault.Cut(sides.get(0), sides.get(1), false);
    }

    private static List<Threshold> thresholds(YamlObject spec) {
        List<Threshold> thresholds = new ArrayList<>();
        List<String> texts = spec.texts("thresholds");
        List<Integer> lines = spec.has("thresholds") ? spec.linesOf("thresholds") : List.of();
        for (int i = 0; i < texts.size(); i++) {
            thresholds.add(Threshold.parse(texts.get(i), lines.get(i)));
        }
        return List.copyOf(thresholds);
    }

    private static List<String> sometimes(YamlObject spec) {
        List<String> sometimes = spec.texts("sometimes");
        for (String name : sometimes) {
            if (!Measures.SOMETIMES.containsKey(name)) {
                throw new DrillFileException(
                        spec.line("sometimes"),
                        "nothing is called '" + name + "' here; did you mean '"
                                + Nearest.to(name, Measures.SOMETIMES.keySet()) + "'?");
            }
        }
        return sometimes;
    }
}
