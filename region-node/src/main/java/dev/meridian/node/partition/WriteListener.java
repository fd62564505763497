package dev.meridian.node.partition;

/** Learns what became of a write. Called once, on whatever thread knows first: it must not block. */
public interface WriteListener {

    /** The decision, durable by now where it wrote anything. */
    void decided(WriteOutcome outcome);

    /** Nobody knows whether the write took place, or the partition could not take it. */
    void failed(Throwable failure);
}
