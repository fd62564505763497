package dev.meridian.table.expression;

/** Which parameter an expression came in; the service names it in its errors. */
public enum ExpressionKind {
    CONDITION("ConditionExpression"),
    FILTER("FilterExpression"),
    KEY_CONDITION("KeyConditionExpression"),
    PROJECTION("ProjectionExpression"),
    UPDATE("UpdateExpression"),
    /** Part of a PartiQL statement, where no parameter is named. */
    STATEMENT("");

    private final String parameter;

    ExpressionKind(String parameter) {
        this.parameter = parameter;
    }

    public String parameter() {
        return parameter;
    }

    InvalidExpressionException invalid(String message) {
        return new InvalidExpressionException(parameter.isEmpty() ? message : "Invalid " + parameter + ": " + message);
    }
}
