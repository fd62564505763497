package dev.meridian.chaos.fault;

/**
 * What a door does to some requests; of several rules the first that fits decides. Empty texts fit everything.
 *
 * @param service {@code dynamodb} or {@code dynamodbstreams}; a rule for another service never fits
 * @param probability of those that fit, this share is met
 * @param statusCode and {@code code}, {@code message}: what {@link Effect#ERROR} answers
 * @param latencyMillis how late {@link Effect#SLOW} is
 */
public record DoorRule(
        String region,
        String service,
        String operation,
        String table,
        double probability,
        Effect effect,
        int statusCode,
        String code,
        String message,
        long latencyMillis) {

    /** What happens to a request. */
    public enum Effect {
        /** It is answered with an error. */
        ERROR,
        /** Its connection is closed. */
        REFUSE,
        /** Its connection is closed if it was made since the rule stands. */
        REFUSE_NEW,
        /** It is not answered. */
        HANG,
        /** It is served later. */
        SLOW
    }

    public DoorRule {
        if (!(probability >= 0 && probability <= 1)) {
            throw new IllegalArgumentException("'probability' lies between 0 and 1, not " + probability);
        }
        if (effect == Effect.ERROR && (statusCode < 400 || statusCode > 599)) {
            throw new IllegalArgumentException("'statusCode' is 400 to 599, not " + statusCode);
        }
        if ((effect == Effect.REFUSE || effect == Effect.REFUSE_NEW) && !table.isEmpty()) {
            throw new IllegalArgumentException("a connection is refused before the table is known; leave 'table' out");
        }
        if (latencyMillis < 0) {
            throw new IllegalArgumentException("'latencyMillis' is 0 or more");
        }
    }

    /** Whether it is about connections, and so decided before a request is read. */
    boolean isOfConnections() {
        return effect == Effect.REFUSE || effect == Effect.REFUSE_NEW;
    }

    /** Whether the rule is about such requests, as far as region and operation tell. */
    public boolean fits(String inRegion, String ofService, String ofOperation) {
        return (region.isEmpty() || region.equals(inRegion))
                && (service.isEmpty() || service.equals(ofService))
                && (operation.isEmpty() || operation.equals(ofOperation));
    }
}
