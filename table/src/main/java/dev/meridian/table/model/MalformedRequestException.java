package dev.meridian.table.model;

/** A request whose JSON does not fit its shape; the message is the service's own. */
public final class MalformedRequestException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public MalformedRequestException(String message) {
        super(message, null, false, false);
    }
}
