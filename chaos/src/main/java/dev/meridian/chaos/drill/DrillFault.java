package dev.meridian.chaos.drill;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A fault of a drill, as the control API is told of it. */
public sealed interface DrillFault {

    /** A call of the control API. */
    record Call(String method, String path, String body) {}

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

        private List<Call> each(String action) {
            List<Call> calls = new ArrayList<>();
            for (String one : from) {
                for (String other : to) {
                    calls.add(post("links/" + one + "/" + other + ":" + action));
                    if (!oneWay) {
                        calls.add(post("links/" + other + "/" + one + ":" + action));
                    }
                }
            }
            return calls;
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

    /** Two regions' links are slow, lossy or narrow. */
    record Slow(String from, String to, boolean oneWay, long latencyMillis, long jitterMillis, double lossRatio)
            implements DrillFault {

        @Override
        public List<Call> begin() {
            String body = String.format(
                    Locale.ROOT,
                    "{\"oneWayMillis\":%d,\"jitterMillis\":%d,\"lossRatio\":%f}",
                    latencyMillis,
                    jitterMillis,
                    lossRatio);
            List<Call> calls = new ArrayList<>();
            calls.add(new Call("PUT", "links/" + from + "/" + to, body));
            if (!oneWay) {
                calls.add(new Call("PUT", "links/" + to + "/" + from, body));
            }
            return calls;
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

    private static Call post(String path) {
        return new Call("POST", path, "{}");
    }
}
