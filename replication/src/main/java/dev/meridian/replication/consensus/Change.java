package dev.meridian.replication.consensus;

import org.jspecify.annotations.Nullable;

/** What one operation makes of an item's value. Pure; may be asked again with another value. */
public interface Change {

    /** The proposal for an item that holds that value; null: nothing was ever written. */
    Proposal propose(byte @Nullable [] current);

    /** Whether {@code current} is {@code own}, or was written in knowledge of it. */
    boolean includes(byte @Nullable [] current, byte[] own);

    /** What is to become of the value. */
    sealed interface Proposal {}

    /** It becomes this. */
    record Replace(byte[] value) implements Proposal {}

    /** It stays as it is. */
    record Keep() implements Proposal {}

    /** The operation that only reads. */
    Change READ = keep();

    /** The operation that changes nothing and prepares all the same. */
    Change KEEP = keep();

    private static Change keep() {
        return new Change() {
            @Override
            public Proposal propose(byte @Nullable [] current) {
                return new Keep();
            }

            @Override
            public boolean includes(byte @Nullable [] current, byte[] own) {
                return false;
            }
        };
    }
}
