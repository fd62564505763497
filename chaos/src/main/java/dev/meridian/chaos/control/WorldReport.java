package dev.meridian.chaos.control;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.meridian.chaos.fault.DiskFault;
import dev.meridian.chaos.fault.DoorRules;
import dev.meridian.chaos.fault.FaultBoard;
import dev.meridian.chaos.fault.LinkFault;
import dev.meridian.chaos.fault.RegionFault;
import dev.meridian.chaos.route.WorldStanding;
import dev.meridian.chaos.world.World;
import dev.meridian.node.capacity.Shortage;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The world as it is: regions, what is wrong with them, with doors and with links. */
final class WorldReport {

    private WorldReport() {}

    /** Writes the members of the object being written; {@code status} is what each region tells of itself. */
    static void write(JsonGenerator json, World world, Map<String, Optional<String>> status) throws IOException {
        json.writeArrayFieldStart("regions");
        for (String region : world.regions()) {
            json.writeStartObject();
            json.writeStringField("region", region);
            json.writeStringField("state", world.state(region).name().toLowerCase(Locale.ROOT));
            json.writeStringField("standing", WorldStanding.of(world, region).word());
            json.writeNumberField("port", world.port(region));
            fault(json, world.faults().region(region), world.wallMillis());
            Optional<String> report = status.getOrDefault(region, Optional.empty());
            if (report.isPresent()) {
                json.writeFieldName("report");
                json.writeRawValue(report.get());
            }
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeFieldName("doorFaults");
        json.writeRawValue(DoorRules.json(world.faults().doorRules()));
        json.writeArrayFieldStart("links");
        for (String from : world.regions()) {
            for (String to : world.regions()) {
                if (!from.equals(to)) {
                    link(json, world.faults(), from, to);
                }
            }
        }
        json.writeEndArray();
    }

    private static void fault(JsonGenerator json, RegionFault fault, long wallMillis) throws IOException {
        json.writeNumberField("clockOffsetMillis", fault.clock().offMillis(wallMillis));
        if (fault.clock().driftPerMillion() != 0) {
            json.writeNumberField("clockDriftPerMillion", fault.clock().driftPerMillion());
        }
        if (!fault.disk().equals(DiskFault.NONE)) {
            json.writeStringField("disk", fault.disk().toString());
        }
        if (fault.startDelayMillis() > 0) {
            json.writeNumberField("startDelayMillis", fault.startDelayMillis());
        }
        if (fault.memoryBytes() > 0) {
            json.writeNumberField("memoryTakenBytes", fault.memoryBytes());
        }
        if (!fault.shortage().equals(Shortage.NONE)) {
            json.writeStringField("capacity", fault.shortage().toString());
        }
    }

    private static void link(JsonGenerator json, FaultBoard faults, String from, String to) throws IOException {
        LinkFault link = faults.link(from, to);
        json.writeStartObject();
        json.writeStringField("from", from);
        json.writeStringField("to", to);
        json.writeBooleanField("faulty", faults.faultyLinks().containsKey(new FaultBoard.Direction(from, to)));
        json.writeBooleanField("cut", link.cut());
        json.writeNumberField("oneWayMillis", link.latencyMillis());
        json.writeNumberField("jitterMillis", link.jitterMillis());
        json.writeNumberField("lossRatio", link.lossRatio());
        json.writeNumberField("bytesPerSecond", link.bytesPerSecond());
        json.writeNumberField("duplicateRatio", link.duplicateRatio());
        json.writeNumberField("reorderRatio", link.reorderRatio());
        json.writeNumberField("flapMillis", link.flapMillis());
        json.writeEndObject();
    }
}
