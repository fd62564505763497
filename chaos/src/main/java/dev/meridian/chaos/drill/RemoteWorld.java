package dev.meridian.chaos.drill;

import dev.meridian.chaos.fault.Breakable;
import dev.meridian.chaos.fault.DiskFault;
import dev.meridian.chaos.fault.DoorRule;
import dev.meridian.chaos.fault.DoorRules;
import dev.meridian.chaos.fault.LinkFault;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A world at the other end of its control API. Every method blocks until the change has taken effect, or throws. */
final class RemoteWorld implements Breakable {

    private final MeridianClient client;

    RemoteWorld(MeridianClient client) {
        this.client = client;
    }

    private CompletionStage<Void> call(String method, String path, String body) {
        client.control(method, path, body);
        return CompletableFuture.completedFuture(null);
    }

    private CompletionStage<Void> region(String region, String what, String member, long value) {
        return call("PUT", "regions/" + region + "/" + what, "{\"" + member + "\":" + value + "}");
    }

    @Override
    public CompletionStage<Void> kill(String region) {
        return call("POST", "regions/" + region + ":kill", "{}");
    }

    @Override
    public CompletionStage<Void> pause(String region) {
        return call("POST", "regions/" + region + ":pause", "{}");
    }

    @Override
    public CompletionStage<Void> heal(String region) {
        return call("POST", "regions/" + region + ":heal", "{}");
    }

    @Override
    public CompletionStage<Void> setDraining(String region, boolean drains) {
        return call("POST", "regions/" + region + (drains ? ":drain" : ":undrain"), "{}");
    }

    @Override
    public CompletionStage<Void> slowStart(String region, long delayMillis) {
        return region(region, "start", "delayMillis", delayMillis);
    }

    @Override
    public CompletionStage<Void> skew(String region, long offsetMillis) {
        return region(region, "clock", "offsetMillis", offsetMillis);
    }

    @Override
    public CompletionStage<Void> drift(String region, long perMillion) {
        return region(region, "clock", "driftPerMillion", perMillion);
    }

    @Override
    public CompletionStage<Void> jump(String region, long byMillis) {
        return region(region, "clock", "jumpMillis", byMillis);
    }

    @Override
    public CompletionStage<Void> bendDisk(String region, DiskFault.Part part, long value) {
        String body = part == DiskFault.Part.SLOW ? Long.toString(value) : Boolean.toString(value != 0);
        return call("PUT", "regions/" + region + "/disk", "{\"" + part.member() + "\":" + body + "}");
    }

    @Override
    public CompletionStage<Void> squeeze(String region, long bytes) {
        return region(region, "memory", "takenBytes", bytes);
    }

    @Override
    public CompletionStage<Void> limitTables(String region, double readUnits, double writeUnits) {
        return limit(region, "readUnits", readUnits, "writeUnits", writeUnits);
    }

    @Override
    public CompletionStage<Void> limitPartitions(String region, double readUnits, double writeUnits) {
        return limit(region, "partitionReadUnits", readUnits, "partitionWriteUnits", writeUnits);
    }

    private CompletionStage<Void> limit(
            String region, String reads, double readUnits, String writes, double writeUnits) {
        return call(
                "PUT",
                "regions/" + region + "/capacity",
                "{\"" + reads + "\":" + readUnits + ",\"" + writes + "\":" + writeUnits + "}");
    }

    @Override
    public CompletionStage<Void> cut(String from, String to) {
        return call("POST", "links/" + from + "/" + to + ":cut", "{}");
    }

    @Override
    public CompletionStage<Void> slow(String from, String to, LinkFault how) {
        String body = String.format(
                Locale.ROOT,
                "{\"oneWayMillis\":%d,\"jitterMillis\":%d,\"lossRatio\":%f,\"duplicateRatio\":%f,\"reorderRatio\":%f}",
                how.latencyMillis(),
                how.jitterMillis(),
                how.lossRatio(),
                how.duplicateRatio(),
                how.reorderRatio());
        return call("PUT", "links/" + from + "/" + to, body);
    }

    @Override
    public CompletionStage<Void> flap(String from, String to, long everyMillis) {
        return call("PUT", "links/" + from + "/" + to, "{\"flapMillis\":" + everyMillis + "}");
    }

    @Override
    public CompletionStage<Void> healLink(String from, String to) {
        return call("POST", "links/" + from + "/" + to + ":heal", "{}");
    }

    @Override
    public CompletionStage<Void> addDoorRule(DoorRule rule) {
        return call("PATCH", "door/faults", DoorRules.json(List.of(rule)));
    }

    @Override
    public CompletionStage<Void> removeDoorRule(DoorRule rule) {
        return call("DELETE", "door/faults", DoorRules.json(List.of(rule)));
    }
}
