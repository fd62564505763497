package dev.meridian.chaos.simulator;

/** A mistake put in on purpose, to see that the simulator finds it. */
public enum PlantedBug {
    NONE,
    /** A write is acknowledged before it is durable. */
    ACKNOWLEDGE_BEFORE_SYNC,
    /** The checkpoint is committed before what it stands for. */
    CHECKPOINT_BEFORE_DATA,
    /** The log leaves out a record now and then, and numbers the rest as if nothing were missing. */
    SKIPPED_RECORD,
    /** A tombstone goes as soon as it is durable, whether or not the other regions have passed it. */
    TOMBSTONE_DROPPED_EARLY,
    /** What arrives wins, whatever its version. */
    LAST_ARRIVAL_WINS
}
