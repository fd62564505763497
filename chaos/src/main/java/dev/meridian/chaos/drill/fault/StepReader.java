package dev.meridian.chaos.drill.fault;

import dev.meridian.chaos.yaml.DrillFileException;
import dev.meridian.chaos.yaml.Nearest;
import dev.meridian.chaos.yaml.YamlObject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A step of a drill file, read with the drill's regions in mind. Every method throws {@link DrillFileException}. */
public final class StepReader {

    private static final Pattern LINK = Pattern.compile("([a-z0-9-]+)\\s*([~>])\\s*([a-z0-9-]+)");
    private static final Pattern MEGABYTES = Pattern.compile("([0-9]{1,6})\\s*MB");

    private final YamlObject step;
    private final List<String> regions;

    StepReader(YamlObject step, List<String> regions) {
        this.step = step;
        this.regions = regions;
    }

    /** The region, if it is one of the drill's. */
    public static String known(YamlObject from, String region, String key, List<String> regions) {
        if (!regions.contains(region)) {
            throw new DrillFileException(
                    from.line(key),
                    "region '" + region + "' is not in the topology; did you mean '" + Nearest.to(region, regions)
                            + "'?");
        }
        return region;
    }

    String region() {
        return known(step, step.text("region"), "region", regions);
    }

    /** The region, or nothing for all. */
    String regionOrAll() {
        return step.has("region") ? region() : "";
    }

    /** All regions but this. */
    List<String> others(String region) {
        return regions.stream().filter(other -> !other.equals(region)).toList();
    }

    /** A link: {@code a~b} both ways, {@code a>b} one way. */
    LinkName link() {
        Matcher link = LINK.matcher(step.text("link"));
        if (!link.matches()) {
            throw new DrillFileException(
                    step.line("link"), "'link' is written like us-east-1~eu-west-1, or with > for one way");
        }
        return new LinkName(
                known(step, link.group(1), "link", regions),
                known(step, link.group(3), "link", regions),
                link.group(2).equals(">"));
    }

    /** Two groups of regions. */
    List<List<String>> groups() {
        String[] groups = step.text("groups").split("/", -1);
        if (groups.length != 2) {
            throw new DrillFileException(
                    step.line("groups"), "'groups' is written like us-east-1 / eu-west-1,ap-southeast-2");
        }
        List<List<String>> sides = new ArrayList<>();
        for (String group : groups) {
            sides.add(Arrays.stream(group.split(",", -1))
                    .map(region -> known(step, region.strip(), "groups", regions))
                    .toList());
        }
        return sides;
    }

    boolean has(String key) {
        return step.has(key);
    }

    String text(String key) {
        return step.text(key);
    }

    String text(String key, String otherwise) {
        return step.text(key, otherwise);
    }

    long millis(String key, long otherwise) {
        return step.millis(key, otherwise);
    }

    double share(String key, double otherwise) {
        return step.has(key) ? step.share(key) : otherwise;
    }

    /** Units a second; 0 where it is left out. */
    double units(String key) {
        long units = step.number(key, 0);
        if (units < 0) {
            throw wrong(key, "'" + key + "' is a number of units a second, 0 or more");
        }
        return units;
    }

    /** How much faster a clock runs, in a million: written like 200ppm or -1%. */
    long perMillion(String key) {
        String text = step.text(key).strip();
        try {
            if (text.endsWith("ppm")) {
                return Long.parseLong(text.substring(0, text.length() - 3).strip());
            }
            if (text.endsWith("%")) {
                return Math.round(
                        Double.parseDouble(text.substring(0, text.length() - 1).strip()) * 10_000);
            }
        } catch (NumberFormatException malformed) {
            // Told below.
        }
        throw wrong(key, "'" + key + "' is written like 200ppm or -1%, not '" + text + "'");
    }

    /** An amount of memory, written like 64MB. */
    long bytes(String key) {
        Matcher amount = MEGABYTES.matcher(step.text(key));
        if (!amount.matches()) {
            throw wrong(key, "'" + key + "' is written like 64MB, not '" + step.text(key) + "'");
        }
        return Long.parseLong(amount.group(1)) << 20;
    }

    DrillFileException wrong(String key, String message) {
        return new DrillFileException(step.line(key), message);
    }
}
