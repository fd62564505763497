package dev.meridian.storage;

/** A store could not do what was asked. */
public final class StoreException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** What is known about the state of the store after the failure. */
    public enum Kind {
        /** Nothing was written because space runs short; the store is whole and may be retried later. */
        NO_SPACE,
        /** The batch may or may not be on disk. The store takes no more writes: close it, reopen it, verify. */
        UNKNOWN_OUTCOME,
        /** The store was closed before the batch was taken; nothing was written. */
        CLOSED,
        /** What is on disk is damaged, or is not a store of ours, or is of a newer format. */
        CORRUPT
    }

    private final Kind kind;

    public StoreException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    public StoreException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
