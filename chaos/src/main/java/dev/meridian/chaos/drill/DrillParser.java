package dev.meridian.chaos.drill;

import dev.meridian.chaos.drill.Drill.Workload;
import dev.meridian.chaos.drill.Drill.WriteMode;
import dev.meridian.chaos.drill.fault.DrillFault;
import dev.meridian.chaos.drill.fault.FaultKinds;
import dev.meridian.chaos.drill.fault.StepReader;
import dev.meridian.chaos.fault.LatencyPreset;
import dev.meridian.chaos.yaml.DrillFileException;
import dev.meridian.chaos.yaml.Nearest;
import dev.meridian.chaos.yaml.YamlObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads drill files. */
public final class DrillParser {

    private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");
    private static final Pattern RATE = Pattern.compile("([0-9]+(?:\\.[0-9]+)?)/(s|m)");
    private static final long SETTLE_MILLIS = 60_000;
    private static final int STRONG_REGIONS = 3;
    private static final int ITEM_BYTES_MAX = 400_000;

    private DrillParser() {}

    /** The drill of a file's text; throws {@link DrillFileException}. */
    public static Drill parse(String text) {
        YamlObject root = YamlObject.parse(text).only(DrillKeys.ROOT);
        expect(root, "apiVersion", "meridian/v1");
        expect(root, "kind", "Drill");
        YamlObject metadata = required(root, "metadata").only(DrillKeys.METADATA);
        YamlObject spec = required(root, "spec").only(DrillKeys.SPEC);
        String name = metadata.text("name");
        if (!NAME.matcher(name).matches()) {
            throw new DrillFileException(
                    metadata.line("name"),
                    "a drill's name is made of small letters, digits and '-', not '" + name + "'");
        }
        Drill.Topology topology = topology(spec);
        Drill.Load load = load(spec, topology);
        return new Drill(
                name,
                metadata.text("title", name),
                metadata.text("story", ""),
                spec.number("seed", 1),
                topology,
                load,
                steps(spec, topology.regions(), load.forMillis()),
                thresholds(spec),
                sometimes(spec),
                positive(spec, "settle", SETTLE_MILLIS));
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
        Drill.Consistency consistency = Drill.Consistency.EVENTUAL;
        int line = spec.line();
        YamlObject topology = spec.object("topology").orElse(null);
        if (topology != null) {
            topology.only(DrillKeys.TOPOLOGY);
            regions = topology.has("regions") ? topology.texts("regions") : regions;
            latency = topology.text("latency", latency);
            try {
                LatencyPreset.of(latency, regions);
            } catch (IllegalArgumentException wrong) {
                throw new DrillFileException(topology.line("latency"), String.valueOf(wrong.getMessage()));
            }
            if (Set.copyOf(regions).size() < regions.size()) {
                throw new DrillFileException(topology.line("regions"), "a region is named twice");
            }
            if (regions.size() < 2) {
                throw new DrillFileException(topology.line("regions"), "a drill takes two regions or more");
            }
            consistency = consistency(topology, regions);
            line = topology.has("consistency") ? topology.line("consistency") : topology.line();
        }
        return new Drill.Topology(regions, latency, consistency, line);
    }

    private static Drill.Consistency consistency(YamlObject topology, List<String> regions) {
        if (!isStrong(topology, "consistency")) {
            return Drill.Consistency.EVENTUAL;
        }
        if (regions.size() != STRONG_REGIONS) {
            throw new DrillFileException(
                    topology.line("consistency"),
                    "a strongly consistent table stands in three regions, not in " + regions.size());
        }
        return Drill.Consistency.STRONG;
    }

    private static boolean isStrong(YamlObject holder, String key) {
        String text = holder.text(key, "eventual");
        if (!text.equals("eventual") && !text.equals("strong")) {
            throw new DrillFileException(holder.line(key), "'" + key + "' is eventual or strong, not '" + text + "'");
        }
        return text.equals("strong");
    }

    private static Drill.Load load(YamlObject spec, Drill.Topology topology) {
        List<String> regions = topology.regions();
        YamlObject load = required(spec, "load").only(DrillKeys.LOAD);
        String home = StepReader.known(load, load.text("home", regions.get(0)), "home", regions);
        List<String> next = new ArrayList<>();
        for (String other : load.has("failover-to") ? load.texts("failover-to") : regions) {
            if (!other.equals(home)) {
                next.add(StepReader.known(load, other, "failover-to", regions));
            }
        }
        Matcher rate = RATE.matcher(load.text("rate"));
        if (!rate.matches()) {
            throw new DrillFileException(load.line("rate"), "'rate' is written like 200/s");
        }
        double perSecond = Double.parseDouble(rate.group(1)) / (rate.group(2).equals("m") ? 60 : 1);
        if (perSecond == 0) {
            throw new DrillFileException(load.line("rate"), "'rate' is more than 0");
        }
        Keys.Spec keys = keys(load);
        return new Drill.Load(
                mode(load),
                workload(load, keys, topology),
                home,
                next,
                perSecond,
                positive(load, "for", 30_000),
                keys.count(),
                keys.skew(),
                (int) between(load, "item-size", 300, 1, ITEM_BYTES_MAX),
                (int) between(load, "puts", 100, 0, 100),
                load.has("reads") ? isStrong(load, "reads") : topology.isStrong(),
                session(load),
                positive(load, "timeout", 1_000),
                (int) between(load, "detect-after", 3, 1, 1_000_000),
                load.text("command", ""),
                load.line());
    }

    private static boolean session(YamlObject load) {
        String text = load.text("session", "false");
        if (!text.equals("true") && !text.equals("false")) {
            throw new DrillFileException(load.line("session"), "'session' is true or false, not '" + text + "'");
        }
        return text.equals("true");
    }

    private static long between(YamlObject holder, String key, long otherwise, long least, long most) {
        long value = holder.number(key, otherwise);
        if (value < least || value > most) {
            throw new DrillFileException(
                    holder.line(key), "'" + key + "' is from " + least + " to " + most + ", not " + value);
        }
        return value;
    }

    private static long positive(YamlObject holder, String key, long otherwise) {
        long millis = holder.millis(key, otherwise);
        if (millis <= 0) {
            throw new DrillFileException(holder.line(key), "'" + key + "' is more than 0, not " + holder.text(key));
        }
        return millis;
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

    private static Workload workload(YamlObject load, Keys.Spec keys, Drill.Topology topology) {
        Map<String, Workload> workloads =
                Map.of("put", Workload.PUT, "counter", Workload.COUNTER, "bank", Workload.BANK);
        String text = load.text("workload", "put");
        Workload workload = workloads.get(text);
        if (workload == null) {
            throw new DrillFileException(
                    load.line("workload"), "'workload' is put, counter or bank, not '" + text + "'");
        }
        if (workload != Workload.PUT && keys.count() < 2) {
            throw new DrillFileException(load.line("workload"), "'" + text + "' needs a number of 'keys', two or more");
        }
        if (workload == Workload.BANK && topology.isStrong()) {
            throw new DrillFileException(
                    load.line("workload"), "strongly consistent tables take no transactions; leave 'bank' out");
        }
        return workload;
    }

    private static List<Drill.Step> steps(YamlObject spec, List<String> regions, long loadMillis) {
        List<Drill.Step> steps = new ArrayList<>();
        for (YamlObject step : spec.objects("steps")) {
            DrillFault fault = FaultKinds.read(step, DrillKeys.STEP, regions);
            long at = step.millis("at", 0);
            if (at < 0 || at >= loadMillis) {
                throw new DrillFileException(
                        step.line("at"),
                        "the load is from 0 to " + loadMillis + " ms; at " + at + " ms nobody sees the fault begin");
            }
            long lasts = step.has("for") ? positive(step, "for", 0) : 0;
            steps.add(new Drill.Step(at, lasts, fault, step.line()));
        }
        return List.copyOf(steps);
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
