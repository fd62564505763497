package dev.meridian.chaos.drill;

import java.util.List;

/** The keys a drill file may have: what the parser takes, and what {@code drill.schema.json} offers. */
final class DrillKeys {

    static final List<String> ROOT = List.of("apiVersion", "kind", "metadata", "spec");
    static final List<String> METADATA = List.of("name", "title", "story", "owner", "tags");
    static final List<String> SPEC =
            List.of("seed", "topology", "load", "steps", "thresholds", "sometimes", "settle", "hypothesis");
    static final List<String> TOPOLOGY = List.of("regions", "latency", "consistency");
    static final List<String> LOAD = List.of(
            "mode",
            "workload",
            "home",
            "failover-to",
            "rate",
            "for",
            "keys",
            "item-size",
            "puts",
            "reads",
            "session",
            "timeout",
            "detect-after",
            "command");
    /** Of every step, whatever its fault. */
    static final List<String> STEP = List.of("at", "for", "fault");

    private DrillKeys() {}
}
