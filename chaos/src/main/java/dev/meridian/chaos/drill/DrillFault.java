package dev.meridian.chaos.drill;

import dev.meridian.chaos.fault.DiskFault;
import dev.meridian.chaos.fault.DoorRule;
import dev.meridian.chaos.fault.DoorRules;
import dev.meridian.chaos.fault.LinkFault;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A fault of a drill, as the control API is told of it. */
public sealed interface DrillFault {

    /** A call of the control API. */
    record Call(String method, String path, String body) {}

    /** A link in one direction. */
    record OneWay(String from, String to) {}

    /** What brings the fault about. */
    List<Call> begin();

    /** What undoes it. */
    List<Call> end();

    /** As drill files call it. */
    String name();

    /** For people. */
    String describe();

    /** A region dies. */
    record RegionKill(String region) implements DrillFault {

        @Override
        public List<Call> begin() {
            return List.of(post("regions/" + region + ":kill"));
        }

        @Override
        public List<Call> end() {
            return List.of(post("regions/" + region + ":heal"));
        }

        @Override
        public String name() {
            return "region-kill";
        }

        @Override
        public String describe() {
            return region + " killed";
        }
    }

    /** A region freezes. */
    record RegionPause(String region) implements DrillFault {

        @Override
        public List<Call> begin() {
            return List.of(post("regions/" + region + ":pause"));
        }

        @Override
        public List<Call> end() {
            return List.of(post("regions/" + region + ":heal"));
        }

        @Override
        public String name() {
            return "region-pause";
        }

        @Override
        public String describe() {
            return region + " paused";
        }
    }

    /** A region's clock is off. */
    record ClockSkew(String region, long offsetMillis) implements DrillFault {

        @Override
        public List<Call> begin() {
            return List.of(skew(offsetMillis));
        }

        @Override
        public List<Call> end() {
            return List.of(skew(0));
        }

        private Call skew(long millis) {
            return new Call("PUT", "regions/" + region + "/clock", "{\"offsetMillis\":" + millis + "}");
        }

        @Override
        public String name() {
            return "clock-skew";
        }

        @Override
        public String describe() {
            return String.format(Locale.ROOT, "%s's clock %+d ms", region, offsetMillis);
        }
    }

    /** Nothing passes between two groups of regions, or from one to the other. */
    record Cut(List<String> from, List<String> to, boolean oneWay) implements DrillFault {

        @Override
        public List<Call> begin() {
            return each("cut");
        }

        @Override
        public List<Call> end() {
            return each("heal");
        }

        /** Every link that is cut. */
        public List<OneWay> links() {
            List<OneWay> links = new ArrayList<>();
            for (String one : from) {
                for (String other : to) {
                    links.add(new OneWay(one, other));
                    if (!oneWay) {
                        links.add(new OneWay(other, one));
                    }
                }
            }
            return links;
        }

        private List<Call> each(String action) {
            return links().stream()
                    .map(link -> post("links/" + link.from() + "/" + link.to() + ":" + action))
                    .toList();
        }

        @Override
        public String name() {
            return from.size() + to.size() == 2 ? "link-cut" : "partition";
        }

        @Override
        public String describe() {
            return String.join(",", from) + (oneWay ? " > " : " / ") + String.join(",", to) + " cut";
        }
    }

    /** Replication to and from a region stands still, as AWS FIS does it: the region takes writes, and so do the others. */
    record PauseReplication(String region, List<String> others) implements DrillFault {

        /** What it comes to. */
        public Cut cut() {
            return new Cut(List.of(region), others, false);
        }

        @Override
        public List<Call> begin() {
            return cut().begin();
        }

        @Override
        public List<Call> end() {
            return cut().end();
        }

        @Override
        public String name() {
            return "pause-replication";
        }

        @Override
        public String describe() {
            return "replication to and from " + region + " paused";
        }
    }

    /** Two regions' links are slow, lossy or narrow. */
    record Slow(
            String from,
            String to,
            boolean oneWay,
            long latencyMillis,
            long jitterMillis,
            double lossRatio,
            double duplicateRatio,
            double reorderRatio)
            implements DrillFault {

        public Slow(String from, String to, boolean oneWay, long latencyMillis, long jitterMillis, double lossRatio) {
            this(from, to, oneWay, latencyMillis, jitterMillis, lossRatio, 0, 0);
        }

        /** Both directions, or one. */
        public List<OneWay> links() {
            return new Cut(List.of(from), List.of(to), oneWay).links();
        }

        /** The link as it is now, slowed. */
        public LinkFault on(LinkFault now) {
            return new LinkFault(
                    now.cut(),
                    latencyMillis,
                    jitterMillis,
                    lossRatio,
                    now.bytesPerSecond(),
                    duplicateRatio,
                    reorderRatio,
                    now.flapMillis());
        }

        @Override
        public List<Call> begin() {
            String body = String.format(
                    Locale.ROOT,
                    "{\"oneWayMillis\":%d,\"jitterMillis\":%d,\"lossRatio\":%f,\"duplicateRatio\":%f,\"reorderRatio\":%f}",
                    latencyMillis,
                    jitterMillis,
                    lossRatio,
                    duplicateRatio,
                    reorderRatio);
            return links().stream()
                    .map(link -> new Call("PUT", "links/" + link.from() + "/" + link.to(), body))
                    .toList();
        }

        @Override
        public List<Call> end() {
            return new Cut(List.of(from), List.of(to), oneWay).end();
        }

        @Override
        public String name() {
            return "link-slow";
        }

        @Override
        public String describe() {
            return from + (oneWay ? " > " : " ~ ") + to + " " + latencyMillis + " ms ± " + jitterMillis + " ms, loss "
                    + Math.round(lossRatio * 1000) / 10.0 + " %";
        }
    }

    /** A link that goes down and comes back, again and again. */
    record Flap(String from, String to, boolean oneWay, long everyMillis) implements DrillFault {

        /** Both directions, or one. */
        public List<OneWay> links() {
            return new Cut(List.of(from), List.of(to), oneWay).links();
        }

        @Override
        public List<Call> begin() {
            return links().stream()
                    .map(link -> new Call(
                            "PUT", "links/" + link.from() + "/" + link.to(), "{\"flapMillis\":" + everyMillis + "}"))
                    .toList();
        }

        @Override
        public List<Call> end() {
            return new Cut(List.of(from), List.of(to), oneWay).end();
        }

        @Override
        public String name() {
            return "link-flap";
        }

        @Override
        public String describe() {
            return from + (oneWay ? " > " : " ~ ") + to + " flapping every " + everyMillis + " ms";
        }
    }

    /** A region's disk is slow, full, or fails to sync. */
    record Disk(String region, DiskFault fault) implements DrillFault {

        @Override
        public List<Call> begin() {
            return List.of(new Call(
                    "PUT",
                    "regions/" + region + "/disk",
                    "{\"slowMillis\":" + fault.slowMillis() + ",\"full\":" + fault.full() + ",\"syncError\":"
                            + fault.syncError() + "}"));
        }

        @Override
        public List<Call> end() {
            return List.of(new Call("PUT", "regions/" + region + "/disk", "{}"));
        }

        @Override
        public String name() {
            return fault.syncError() ? "disk-sync-error" : fault.full() ? "disk-full" : "disk-slow";
        }

        @Override
        public String describe() {
            return region + "'s disk "
                    + (fault.syncError() ? "fails to sync" : fault.full() ? "full" : fault.slowMillis() + " ms slower");
        }
    }

    /** A door that fails some requests. */
    record Door(String effect, DoorRule rule) implements DrillFault {

        @Override
        public List<Call> begin() {
            return List.of(new Call("PATCH", "door/faults", DoorRules.json(List.of(rule))));
        }

        @Override
        public List<Call> end() {
            return List.of(new Call("DELETE", "door/faults", DoorRules.json(List.of(rule))));
        }

        @Override
        public String name() {
            return "http-door";
        }

        @Override
        public String describe() {
            return "door " + effect + (rule.region().isEmpty() ? "" : " in " + rule.region())
                    + (rule.operation().isEmpty() ? "" : " for " + rule.operation())
                    + (rule.table().isEmpty() ? "" : " on " + rule.table());
        }
    }

    private static Call post(String path) {
        return new Call("POST", path, "{}");
    }
}
