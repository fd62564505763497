package dev.meridian.storage;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Puts and deletes that become true together. Later operations on a key win. Not thread-safe; handed over on commit. */
public final class WriteBatch {

    /**
     * One change of a row.
     *
     * @param value the new value, or null for a delete
     */
    public record Operation(byte[] key, byte @Nullable [] value) {}

    private final List<Operation> operations = new ArrayList<>();
    private long sizeBytes;

    /** Sets a row. */
    public WriteBatch put(byte[] key, byte[] value) {
        operations.add(new Operation(key, value));
        sizeBytes += key.length + value.length;
        return this;
    }

    /** Removes a row, whether or not it is there. */
    public WriteBatch delete(byte[] key) {
        operations.add(new Operation(key, null));
        sizeBytes += key.length;
        return this;
    }

    /** Adds what another batch does. */
    public WriteBatch addAll(WriteBatch other) {
        operations.addAll(other.operations);
        sizeBytes += other.sizeBytes;
        return this;
    }

    /** The operations in the order they were added. */
    public List<Operation> operations() {
        return operations;
    }

    /** Bytes of all keys and values. */
    public long sizeBytes() {
        return sizeBytes;
    }

    /** Whether there is nothing to do. */
    public boolean isEmpty() {
        return operations.isEmpty();
    }
}
