package dev.meridian.replication.link;

/** An exchange came to nothing; the peer may have acted on the request all the same. */
public final class LinkException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public LinkException(String message) {
        super(message, null, false, false);
    }
}
