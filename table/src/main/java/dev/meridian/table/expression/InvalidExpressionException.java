package dev.meridian.table.expression;

/** An expression that DynamoDB does not take; the message is the service's own. */
public final class InvalidExpressionException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public InvalidExpressionException(String message) {
        super(message, null, false, false);
    }
}
