package dev.meridian.chaos.fault;

import java.util.concurrent.CompletionStage;

/**
 * What faults break and mend: a running world, one at the other end of the control API, or one in virtual time. Every change
 * completes when it has taken effect. Unknown regions are refused.
 */
public interface Breakable {

    /** The region dies at once, with nothing flushed and nobody answered. */
    CompletionStage<Void> kill(String region);

    /** The region freezes: it takes connections and answers nothing, until healed. */
    CompletionStage<Void> pause(String region);

    /** A killed region starts again from its own disk, a paused one goes on; a live one is left alone. */
    CompletionStage<Void> heal(String region);

    /** From now on the region gets nothing new from who may choose, or does again; it serves whoever comes. */
    CompletionStage<Void> setDraining(String region, boolean drains);

    /** From now on the region takes so much longer to start. */
    CompletionStage<Void> slowStart(String region, long delayMillis);

    /** The region's clock is off by so much. */
    CompletionStage<Void> skew(String region, long offsetMillis);

    /** The region's clock gains so much in a million, from now on. */
    CompletionStage<Void> drift(String region, long perMillion);

    /** The region's clock jumps. */
    CompletionStage<Void> jump(String region, long byMillis);

    /** One thing about the region's disk: milliseconds of a slow one, else 0 for sound and 1 for not. */
    CompletionStage<Void> bendDisk(String region, DiskFault.Part part, long value);

    /** So much of the memory of the region's process is taken away. */
    CompletionStage<Void> squeeze(String region, long bytes);

    /** Of whole tables in the region, so many units a second are left; 0: all. */
    CompletionStage<Void> limitTables(String region, double readUnits, double writeUnits);

    /** Of each partition in the region, so many units a second are left; 0: all. */
    CompletionStage<Void> limitPartitions(String region, double readUnits, double writeUnits);

    /** Nothing passes the link. */
    CompletionStage<Void> cut(String from, String to);

    /** The link has the other's latency, jitter, loss, duplication and reordering; its rate and whether it is cut stay. */
    CompletionStage<Void> slow(String from, String to, LinkFault how);

    /** The link is up for so long, then down for so long, again and again. */
    CompletionStage<Void> flap(String from, String to, long everyMillis);

    /** The link is as it was at the start. */
    CompletionStage<Void> healLink(String from, String to);

    /** Doors follow one more rule. */
    CompletionStage<Void> addDoorRule(DoorRule rule);

    /** Doors follow a rule no more. */
    CompletionStage<Void> removeDoorRule(DoorRule rule);
}
