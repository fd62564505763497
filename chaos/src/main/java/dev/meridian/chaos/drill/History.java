package dev.meridian.chaos.drill;

import java.util.ArrayList;
import java.util.List;

/** What the load did, operation by operation. Thread-safe. */
public final class History {

    /** How an operation ended. */
    public enum Outcome {
        DONE,
        /** Nothing was changed. */
        REFUSED,
        /** Nobody knows. */
        UNKNOWN
    }

    /**
     * One operation.
     *
     * @param number counts up from 1 in the order of their beginnings; a write carries it
     * @param startMillis since the load began
     * @param seen of a read: the number of the write it saw, 0 for no item
     * @param client who made it, one after the other
     */
    public record Operation(
            long number,
            boolean isPut,
            String key,
            String region,
            double startMillis,
            double endMillis,
            Outcome outcome,
            long seen,
            long client) {

        public boolean isAcknowledgedWrite() {
            return isPut && outcome == Outcome.DONE;
        }
    }

    private final List<Operation> operations = new ArrayList<>();

    public synchronized void add(Operation operation) {
        operations.add(operation);
    }

    public synchronized List<Operation> all() {
        return List.copyOf(operations);
    }
}
