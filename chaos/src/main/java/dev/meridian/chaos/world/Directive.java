package dev.meridian.chaos.world;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.meridian.chaos.fault.ClockFault;
import dev.meridian.chaos.fault.DiskFault;
import dev.meridian.chaos.fault.DoorRule;
import dev.meridian.chaos.fault.DoorRules;
import dev.meridian.chaos.fault.FaultBoard;
import dev.meridian.chaos.fault.LinkFault;
import dev.meridian.chaos.fault.RegionFault;
import dev.meridian.node.capacity.Shortage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a world tells a region that runs in a process of its own: everything, every time.
 *
 * @param revision grows; a region ignores what is older than what it knows
 * @param links how each link is, healthy ones too
 * @param regions the regions that are not as they should be
 * @param doorRules what doors do to requests
 * @param doors the ports of the regions' doors on this machine
 * @param seeds {@code host:port} of cluster nodes to join
 */
record Directive(
        long revision,
        Map<FaultBoard.Direction, LinkFault> links,
        Map<String, RegionFault> regions,
        List<DoorRule> doorRules,
        Map<String, Integer> doors,
        List<String> seeds) {

    private static final JsonFactory JSON = new JsonFactory();

    byte[] toJson() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            json.writeNumberField("revision", revision);
            json.writeArrayFieldStart("links");
            for (Map.Entry<FaultBoard.Direction, LinkFault> link : links.entrySet()) {
                json.writeStartArray();
                json.writeString(link.getKey().from());
                json.writeString(link.getKey().to());
                json.writeBoolean(link.getValue().cut());
                json.writeNumber(link.getValue().latencyMillis());
                json.writeNumber(link.getValue().jitterMillis());
                json.writeNumber(link.getValue().lossRatio());
                json.writeNumber(link.getValue().bytesPerSecond());
                json.writeNumber(link.getValue().duplicateRatio());
                json.writeNumber(link.getValue().reorderRatio());
                json.writeNumber(link.getValue().flapMillis());
                json.writeEndArray();
            }
            json.writeEndArray();
            json.writeArrayFieldStart("regions");
            for (Map.Entry<String, RegionFault> region : regions.entrySet()) {
                region(json, region.getKey(), region.getValue());
            }
            json.writeEndArray();
            json.writeStringField("doorRules", DoorRules.json(doorRules));
            json.writeObjectFieldStart("doors");
            for (Map.Entry<String, Integer> door : doors.entrySet()) {
                json.writeNumberField(door.getKey(), door.getValue());
            }
            json.writeEndObject();
            json.writeArrayFieldStart("seeds");
            for (String seed : seeds) {
                json.writeString(seed);
            }
            json.writeEndArray();
            json.writeEndObject();
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
        return bytes.toByteArray();
    }

    static Directive parse(byte[] bytes) throws IOException {
        long revision = 0;
        Map<FaultBoard.Direction, LinkFault> links = new HashMap<>();
        Map<String, RegionFault> regions = new HashMap<>();
        List<DoorRule> doorRules = List.of();
        Map<String, Integer> doors = new HashMap<>();
        List<String> seeds = new ArrayList<>();
        try (JsonParser json = JSON.createParser(bytes)) {
            json.nextToken();
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String field = json.currentName();
                json.nextToken();
                switch (field) {
                    case "revision" -> revision = json.getLongValue();
                    case "links" -> {
                        while (json.nextToken() == JsonToken.START_ARRAY) {
                            link(json, links);
                        }
                    }
                    case "regions" -> {
                        while (json.nextToken() == JsonToken.START_ARRAY) {
                            regions.put(json.nextTextValue(), region(json));
                        }
                    }
                    case "doorRules" ->
                        doorRules = DoorRules.parse(json.getText().getBytes(StandardCharsets.UTF_8));
                    case "doors" -> {
                        while (json.nextToken() == JsonToken.FIELD_NAME) {
                            doors.put(json.currentName(), json.nextIntValue(0));
                        }
                    }
                    case "seeds" -> {
                        while (json.nextToken() == JsonToken.VALUE_STRING) {
                            seeds.add(json.getText());
                        }
                    }
                    default -> json.skipChildren();
                }
            }
        }
        return new Directive(revision, links, regions, doorRules, doors, seeds);
    }

    private static void region(JsonGenerator json, String name, RegionFault fault) throws IOException {
        json.writeStartArray();
        json.writeString(name);
        json.writeNumber(fault.clock().offsetMillis());
        json.writeNumber(fault.clock().driftPerMillion());
        json.writeNumber(fault.clock().sinceMillis());
        json.writeNumber(fault.disk().slowMillis());
        json.writeBoolean(fault.disk().full());
        json.writeBoolean(fault.disk().syncError());
        json.writeBoolean(fault.disk().tornWrite());
        json.writeNumber(fault.startDelayMillis());
        json.writeNumber(fault.memoryBytes());
        json.writeNumber(fault.shortage().readUnits());
        json.writeNumber(fault.shortage().writeUnits());
        json.writeNumber(fault.shortage().partitionReadUnits());
        json.writeNumber(fault.shortage().partitionWriteUnits());
        json.writeEndArray();
    }

    private static RegionFault region(JsonParser json) throws IOException {
        ClockFault clock = new ClockFault(json.nextLongValue(0), json.nextLongValue(0), json.nextLongValue(0));
        DiskFault disk = new DiskFault(
                json.nextLongValue(0),
                json.nextToken() == JsonToken.VALUE_TRUE,
                json.nextToken() == JsonToken.VALUE_TRUE,
                json.nextToken() == JsonToken.VALUE_TRUE);
        long startDelayMillis = json.nextLongValue(0);
        long memoryBytes = json.nextLongValue(0);
        Shortage shortage = new Shortage(number(json), number(json), number(json), number(json));
        json.nextToken();
        return new RegionFault(clock, disk, startDelayMillis, memoryBytes, shortage);
    }

    private static double number(JsonParser json) throws IOException {
        json.nextToken();
        return json.getDoubleValue();
    }

    private static void link(JsonParser json, Map<FaultBoard.Direction, LinkFault> links) throws IOException {
        FaultBoard.Direction direction = new FaultBoard.Direction(json.nextTextValue(), json.nextTextValue());
        boolean cut = json.nextToken() == JsonToken.VALUE_TRUE;
        long latencyMillis = json.nextLongValue(0);
        long jitterMillis = json.nextLongValue(0);
        json.nextToken();
        double lossRatio = json.getDoubleValue();
        long bytesPerSecond = json.nextLongValue(0);
        json.nextToken();
        double duplicateRatio = json.getDoubleValue();
        json.nextToken();
        double reorderRatio = json.getDoubleValue();
        long flapMillis = json.nextLongValue(0);
        json.nextToken();
        links.put(
                direction,
                new LinkFault(
                        cut,
                        latencyMillis,
                        jitterMillis,
                        lossRatio,
                        bytesPerSecond,
                        duplicateRatio,
                        reorderRatio,
                        flapMillis));
    }
}
