package dev.meridian.replication.log;

/** Bytes that are not what they should be: damaged, foreign or of another version. */
public final class MalformedBytesException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public MalformedBytesException(String message) {
        super(message);
    }
}
