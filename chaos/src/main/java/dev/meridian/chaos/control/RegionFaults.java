package dev.meridian.chaos.control;

import dev.meridian.chaos.api.Fields;
import dev.meridian.chaos.fault.ChaosLinks;
import dev.meridian.chaos.fault.ClockFault;
import dev.meridian.chaos.fault.DiskFault;
import dev.meridian.chaos.fault.RegionFault;
import dev.meridian.chaos.world.World;
import dev.meridian.node.capacity.Shortage;
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
    CompletionStage<Void> change(String region, String what, Fields given) {
        long forMillis = given.number("forMillis", 0);
        CompletionStage<Void> changed = set(region, what, given.without("forMillis"));
        if (forMillis > 0) {
            RegionFault set = world.faults().region(region);
            // What was set again in the meantime is not this one's to mend: the very object is compared.
            timer.after(forMillis, () -> {
                if (world.faults().region(region) == set) {
                    set(region, what, Fields.NONE);
                }
            });
        }
        return changed;
    }

    private CompletionStage<Void> set(String region, String what, Fields fields) {
        Set<String> members = MEMBERS.get(what);
        if (members == null) {
            throw new IllegalArgumentException(
                    "of a region, " + new TreeSet<>(MEMBERS.keySet()) + " can be wrong, not " + what);
        }
        fields.only(what, members);
        return switch (what) {
            case "clock" -> clock(region, fields);
            case "disk" -> disk(region, fields);
            case "start" -> world.slowStart(region, fields.number("delayMillis", 0));
            case "memory" -> world.squeeze(region, fields.number("takenBytes", 0));
            default -> capacity(region, fields);
        };
    }

    private CompletionStage<Void> clock(String region, Fields fields) {
        if (fields.isEmpty()) {
            return world.drift(region, 0).thenCompose(steady -> world.skew(region, 0));
        }
        return world.bend(region, now -> {
            long wall = world.wallMillis();
            ClockFault clock = now.clock();
            if (fields.has("offsetMillis")) {
                clock = clock.withOffset(fields.number("offsetMillis", 0), wall);
            }
            if (fields.has("driftPerMillion")) {
                clock = clock.withDrift(fields.number("driftPerMillion", 0), wall);
            }
            return now.with(clock.jumped(fields.number("jumpMillis", 0), wall));
        });
    }

    private CompletionStage<Void> disk(String region, Fields fields) {
        return world.bend(
                region,
                now -> now.with(
                        fields.isEmpty()
                                ? DiskFault.NONE
                                : new DiskFault(
                                        fields.number("slowMillis", now.disk().slowMillis()),
                                        fields.flag("full", now.disk().full()),
                                        fields.flag("syncError", now.disk().syncError()),
                                        fields.flag("tornWrite", now.disk().tornWrite()))));
    }

    private CompletionStage<Void> capacity(String region, Fields fields) {
        return world.bend(region, now -> {
            Shortage shortage = fields.isEmpty() ? Shortage.NONE : now.shortage();
            return now.with(new Shortage(
                    fields.decimal("readUnits", shortage.readUnits()),
                    fields.decimal("writeUnits", shortage.writeUnits()),
                    fields.decimal("partitionReadUnits", shortage.partitionReadUnits()),
                    fields.decimal("partitionWriteUnits", shortage.partitionWriteUnits())));
        });
    }
}
