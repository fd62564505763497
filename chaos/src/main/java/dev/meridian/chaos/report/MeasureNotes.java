package dev.meridian.chaos.report;

import java.util.Map;

/** What each measure is, in a line for whoever reads a report and no manual. */
final class MeasureNotes {

    private static final Map<String, String> NOTES = Map.ofEntries(
            Map.entry("rto", "from the first fault until a write succeeds after which none fails for a second"),
            Map.entry(
                    "rpo.writes",
                    "acknowledged by a region that was killed, and held by no other just before it came back"),
            Map.entry("rpo.age", "how long before the kill the oldest of them was acknowledged"),
            Map.entry("unavailability", "the longest time without a successful write"),
            Map.entry("lost-acknowledged-writes", "acknowledged, and in the end neither held, followed, nor on record"),
            Map.entry("recovered-late", "missing at failover, and there in the end"),
            Map.entry("conflicts", "writes that lost to one that did not know of them, all on record"),
            Map.entry("lost-increments", "acknowledged increments that the counters do not show"),
            Map.entry("bank-drift", "how far the accounts' sum is from what it was"),
            Map.entry("versions-went-back", "reads that show what their region had shown to be gone; always 0"),
            Map.entry("own-writes-unread", "reads that miss what their region had acknowledged before; always 0"),
            Map.entry(
                    "not-linearizable",
                    "keys with a history that no register has: in the one region that wrote them, or of a strong table; always 0"),
            Map.entry(
                    "keys-checked",
                    "keys held against a register: read where the one region that wrote them is, or of a strong table"),
            Map.entry(
                    "session-reads-checked", "reads of keys that their client had written before, in whatever region"),
            Map.entry(
                    "session-own-writes-unread",
                    "those that certainly show something older; 0 where clients carry their session's token"),
            Map.entry(
                    "session-writes-reordered",
                    "keys that end as their client had overwritten them itself; 0 where clients carry tokens"),
            Map.entry(
                    "session-reads-went-back",
                    "reads that certainly show something older than their client had read; promised of own writes only"),
            Map.entry("stale-reads", "reads that missed a write acknowledged anywhere before they began"),
            Map.entry("stale-reads.age", "how old the oldest of those writes was"),
            Map.entry("converge-after-heal", "from healing everything until all replicas are equal by digest"),
            Map.entry("lag.p50", "from a write to its being durable in another region, in the worst direction"),
            Map.entry("errors", "the share of operations that failed"));

    private MeasureNotes() {}

    /** The note; empty where the name says it. */
    static String of(String measure) {
        return NOTES.getOrDefault(measure, "");
    }
}
