package dev.meridian.table.value;

/** A value that DynamoDB does not take; the message is the service's own. */
public final class InvalidValueException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public InvalidValueException(String message) {
        super(message, null, false, false);
    }
}
