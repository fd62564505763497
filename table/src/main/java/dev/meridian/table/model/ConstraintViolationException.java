package dev.meridian.table.model;

/** A request that breaks a constraint of the model or a rule of attribute values; the message is the service's own. */
public final class ConstraintViolationException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public ConstraintViolationException(String message) {
        super(message, null, false, false);
    }
}
