package dev.meridian.chaos.control;

import dev.meridian.chaos.fault.ChaosLinks;
import dev.meridian.chaos.fault.ClockFault;
import dev.meridian.chaos.fault.DiskFault;
import dev.meridian.chaos.fault.RegionFault;
import dev.meridian.chaos.world.World;
import dev.meridian.node.capacity.Shortage;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletionStage;

/**
 * What is wrong with regions: {@code PUT regions/{region}/{what}}. Members that are left out stay as they are; an empty object
 * makes it all sound.
 */
final class RegionFaults {

    private static final Map<String, Set<String>> MEMBERS = Map.of(
            "clock", Set.of("offsetMillis", "driftPerMillion", "jumpMillis"),
            "disk", Set.of("slowMillis", "full", "syncError", "tornWrite"),
            "start", Set.of("delayMillis"),
            "memory", Set.of("takenBytes"),
            "capacity", Set.of("readUnits", "writeUnits", "partitionReadUnits", "partitionWriteUnits"));

    private final World world;
    private final ChaosLinks.Timer timer;

    /** {@code timer} runs what is undone by itself. */
    RegionFaults(World world, ChaosLinks.Timer timer) {
        this.world = world;
        this.timer = timer;
    }

    /** Changes it, for {@code forMillis} if there is such a field; throws IllegalArgumentException for what is not known. */
    CompletionStage<Void> change(String region, String what, Map<String, String> given) {
        Map<String, String> fields = new HashMap<>(given);
        String duration = fields.remove("forMillis");
        long forMillis = duration == null ? 0 : Long.parseLong(duration);
        CompletionStage<Void> changed = set(region, what, fields);
        if (forMillis > 0) {
            RegionFault set = world.faults().region(region);
            // What was set again in the meantime is not this one's to mend: the very object is compared.
            timer.after(forMillis, () -> {
                if (world.faults().region(region) == set) {
                    set(region, what, Map.of());
                }
            });
        }
        return changed;
    }

    private CompletionStage<Void> set(String region, String what, Map<String, String> fields) {
        Set<String> members = MEMBERS.get(what);
        if (members == null) {
            throw new IllegalArgumentException(
                    "of a region, " + new TreeSet<>(MEMBERS.keySet()) + " can be wrong, not " + what);
        }
        Set<String> unknown = new LinkedHashSet<>(fields.keySet());
        unknown.removeAll(members);
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException(what + " has " + new TreeSet<>(members) + ", not "
                    + unknown.iterator().next());
        }
        return switch (what) {
            case "clock" -> clock(region, fields);
            case "disk" -> disk(region, fields);
            case "start" -> world.slowStart(region, number(fields, "delayMillis", 0));
            case "memory" -> world.squeeze(region, number(fields, "takenBytes", 0));
            default -> capacity(region, fields);
        };
    }

    private CompletionStage<Void> clock(String region, Map<String, String> fields) {
        if (fields.isEmpty()) {
            return world.drift(region, 0).thenCompose(steady -> world.skew(region, 0));
        }
        return world.bend(region, now -> {
            long wall = world.wallMillis();
            ClockFault clock = now.clock();
            if (fields.containsKey("offsetMillis")) {
                clock = clock.withOffset(number(fields, "offsetMillis", 0), wall);
            }
            if (fields.containsKey("driftPerMillion")) {
                clock = clock.withDrift(number(fields, "driftPerMillion", 0), wall);
            }
            return now.with(clock.jumped(number(fields, "jumpMillis", 0), wall));
        });
    }

    private CompletionStage<Void> disk(String region, Map<String, String> fields) {
        return world.bend(
                region,
                now -> now.with(
                        fields.isEmpty()
                                ? DiskFault.NONE
                                : new DiskFault(
                                        number(fields, "slowMillis", now.disk().slowMillis()),
                                        flag(fields, "full", now.disk().full()),
                                        flag(fields, "syncError", now.disk().syncError()),
                                        flag(fields, "tornWrite", now.disk().tornWrite()))));
    }

    private CompletionStage<Void> capacity(String region, Map<String, String> fields) {
        return world.bend(region, now -> {
            Shortage shortage = fields.isEmpty() ? Shortage.NONE : now.shortage();
            return now.with(new Shortage(
                    units(fields, "readUnits", shortage.readUnits()),
                    units(fields, "writeUnits", shortage.writeUnits()),
                    units(fields, "partitionReadUnits", shortage.partitionReadUnits()),
                    units(fields, "partitionWriteUnits", shortage.partitionWriteUnits())));
        });
    }

    private static long number(Map<String, String> fields, String name, long otherwise) {
        String value = fields.get(name);
        return value == null ? otherwise : Long.parseLong(value);
    }

    private static double units(Map<String, String> fields, String name, double otherwise) {
        String value = fields.get(name);
        return value == null ? otherwise : Double.parseDouble(value);
    }

    private static boolean flag(Map<String, String> fields, String name, boolean otherwise) {
        String value = fields.get(name);
        return value == null ? otherwise : Boolean.parseBoolean(value);
    }
}
