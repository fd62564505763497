package dev.meridian.chaos.linearizability;

/**
 * An operation on one item, as its client saw it.
 *
 * @param begin when it was asked for, on any clock that all operations share
 * @param end when its answer came, on that clock; {@link #NEVER} where no answer told whether it took place
 */
public record RegisterOperation(long begin, long end, Effect effect) {

    /** Of an operation whose client never learnt what became of it. */
    public static final long NEVER = Long.MAX_VALUE;

    /** What an operation does, and what it saw. */
    public sealed interface Effect {}

    /** The item is this now. */
    public record Write(String value) implements Effect {}

    /** The item was that, and is this now. */
    public record Swap(String expected, String value) implements Effect {}

    /** The item was that; also a condition that was not met and told so. */
    public record Read(String value) implements Effect {}

    boolean hasEnded() {
        return end != NEVER;
    }

    /** Whether the operation can take place on an item of that value. */
    boolean fits(String state) {
        if (effect instanceof Read read) {
            return read.value().equals(state);
        }
        return !(effect instanceof Swap swap) || swap.expected().equals(state);
    }

    /** The item's value afterwards. */
    String after(String state) {
        if (effect instanceof Write write) {
            return write.value();
        }
        return effect instanceof Swap swap ? swap.value() : state;
    }
}
