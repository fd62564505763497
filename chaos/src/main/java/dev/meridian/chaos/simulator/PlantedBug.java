package dev.meridian.chaos.simulator;

/** A mistake put in on purpose, to see that the simulator finds it. */
public enum PlantedBug {
    NONE("nothing"),
    ACKNOWLEDGE_BEFORE_SYNC("a write is acknowledged before it is durable"),
    CHECKPOINT_BEFORE_DATA("the checkpoint is committed before what it stands for"),
    LOST_CHECKPOINT("a region that starts again has forgotten a checkpoint"),
    SKIPPED_RECORD("the log leaves out a record now and then, and numbers the rest as if nothing were missing"),
    LAST_ARRIVAL_WINS("what arrives wins, whatever its version"),
    TIE_BROKEN_DIFFERENTLY("of two writes of one instant, one region keeps the other"),
    TOMBSTONE_DROPPED_EARLY("a tombstone goes as soon as it is durable, whoever has not passed it"),
    OTHER_POLICY("one region decides between concurrent writes by another policy");

    private final String mistake;

    PlantedBug(String mistake) {
        this.mistake = mistake;
    }

    /** What is wrong, in words. */
    public String mistake() {
        return mistake;
    }
}
