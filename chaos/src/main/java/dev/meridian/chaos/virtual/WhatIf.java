package dev.meridian.chaos.virtual;

import dev.meridian.chaos.drill.Drill;
import dev.meridian.chaos.fault.Durations;
import dev.meridian.chaos.yaml.Nearest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/** A drill again and again, with one parameter changed: what would become of RPO. */
public final class WhatIf {

    /** What can be changed. */
    public static final List<String> PARAMETERS = List.of("latency", "loss", "rate", "batch");

    /** What came of one value. */
    public record Point(String value, SeedSweep sweep) {}

    private final String parameter;
    private final List<Variant> variants;

    private record Variant(String value, Drill drill, VirtualSetting setting) {}

    private WhatIf(String parameter, List<Variant> variants) {
        this.parameter = parameter;
        this.variants = variants;
    }

    /** Reads {@code latency=10ms,50ms,200ms}; throws IllegalArgumentException for the user. */
    public static WhatIf parse(String text, Drill drill) {
        String[] sides = text.split("=", 2);
        String parameter = sides[0].strip();
        if (!PARAMETERS.contains(parameter)) {
            throw new IllegalArgumentException("there is no parameter '" + parameter + "' to change; did you mean '"
                    + Nearest.to(parameter, PARAMETERS) + "'?");
        }
        if (sides.length < 2 || sides[1].isBlank()) {
            throw new IllegalArgumentException("write it like --what-if " + example(parameter));
        }
        List<Variant> variants = new ArrayList<>();
        for (String value :
                Arrays.stream(sides[1].split(",")).map(String::strip).toList()) {
            variants.add(variant(parameter, value, drill));
        }
        return new WhatIf(parameter, variants);
    }

    private static Variant variant(String parameter, String value, Drill drill) {
        VirtualSetting setting = VirtualSetting.USUAL;
        try {
            return switch (parameter) {
                case "latency" -> {
                    Durations.millis(value);
                    yield new Variant(value, drill.withLatency(value), setting);
                }
                case "loss" -> new Variant(value, drill, setting.withLoss(share(value)));
                case "rate" -> new Variant(value, drill.withRate(perSecond(value)), setting);
                default -> new Variant(value, drill, setting.withBatch(Integer.parseInt(value)));
            };
        } catch (IllegalArgumentException wrong) {
            throw new IllegalArgumentException(
                    "'" + value + "' is no " + parameter + "; write it like --what-if " + example(parameter), wrong);
        }
    }

    private static String example(String parameter) {
        return switch (parameter) {
            case "latency" -> "latency=10ms,50ms,200ms";
            case "loss" -> "loss=0%,1%,5%";
            case "rate" -> "rate=100/s,500/s,2000/s";
            default -> "batch=1,20,200";
        };
    }

    private static double share(String percent) {
        double ratio = Double.parseDouble(percent.replace("%", "")) / 100;
        if (!(ratio >= 0 && ratio <= 1)) {
            throw new IllegalArgumentException(percent);
        }
        return ratio;
    }

    private static double perSecond(String rate) {
        double perSecond = Double.parseDouble(rate.replace("/s", ""));
        if (!(perSecond > 0)) {
            throw new IllegalArgumentException(rate);
        }
        return perSecond;
    }

    public String parameter() {
        return parameter;
    }

    /** Runs every value with the same seeds; {@code tell} hears each as it is done. */
    public List<Point> run(long first, int seeds, Consumer<Point> tell) {
        List<Point> points = new ArrayList<>();
        for (Variant variant : variants) {
            Point point = new Point(
                    variant.value(),
                    SeedSweep.run(variant.drill(), variant.setting(), first, seeds, result -> {}, null));
            points.add(point);
            tell.accept(point);
        }
        return points;
    }
}
