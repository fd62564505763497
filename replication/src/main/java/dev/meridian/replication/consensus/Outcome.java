package dev.meridian.replication.consensus;

import org.jspecify.annotations.Nullable;

/** How an operation ended. */
public sealed interface Outcome {

    /** The value was replaced: a majority has it. */
    record Replaced(byte @Nullable [] before, byte[] after) implements Outcome {}

    /** The value is this, and a majority has it; the operation changed nothing. */
    record Kept(byte @Nullable [] current) implements Outcome {}

    /** Another region's write came between; this one has not taken place and never will. */
    record Overtaken() implements Outcome {}

    /** No majority could be reached; the operation has not taken place and never will. */
    record Unreachable() implements Outcome {}

    /** No majority answered in the end; the write may have taken place, or may yet. */
    record Unknown() implements Outcome {}
}
