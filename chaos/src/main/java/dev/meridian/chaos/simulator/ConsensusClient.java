package dev.meridian.chaos.simulator;

import dev.meridian.replication.consensus.Change;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * What simulated clients write: the number of every write that the value was built upon, its own the last. So it can be seen
 * in a value which writes it knew.
 *
 * @param id the write's own number
 * @param expected the number of the write that the item must hold, or null where there is no condition
 */
record ConsensusClient(int id, @Nullable String expected) implements Change {

    @Override
    public Proposal propose(byte @Nullable [] current) {
        if (expected != null && !expected.equals(last(current))) {
            return new Keep();
        }
        return new Replace((text(current) + "," + id).getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public boolean includes(byte @Nullable [] current, byte[] own) {
        return (text(current) + ",").contains("," + last(own) + ",");
    }

    /** The number of the write that a value is, or an empty text. */
    static String last(byte @Nullable [] value) {
        String text = text(value);
        return text.substring(text.lastIndexOf(',') + 1);
    }

    private static String text(byte @Nullable [] value) {
        return value == null ? "" : new String(value, StandardCharsets.UTF_8);
    }
}
