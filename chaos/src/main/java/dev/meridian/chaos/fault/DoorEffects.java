package dev.meridian.chaos.fault;

import dev.meridian.chaos.fault.DoorRule.Effect;

/** What a door may do, by the names people use. */
public final class DoorEffects {

    public static final String NAMES = "refuse, refuse-new, hang, 5xx, throttle, slow, access-denied";

    private DoorEffects() {}

    /** The rule; throws IllegalArgumentException for the user. */
    public static DoorRule rule(
            String effect, String region, String operation, String table, double probability, long latencyMillis) {
        Effect what = Effect.ERROR;
        int status = 400;
        String code = "";
        switch (effect) {
            case "refuse" -> what = Effect.REFUSE;
            case "refuse-new" -> what = Effect.REFUSE_NEW;
            case "hang" -> what = Effect.HANG;
            case "slow" -> what = Effect.SLOW;
            case "5xx" -> {
                status = 500;
                code = "InternalServerError";
            }
            case "throttle" -> code = "ProvisionedThroughputExceededException";
            case "access-denied" -> code = "AccessDeniedException";
            default ->
                throw new IllegalArgumentException("a door's effect is one of " + NAMES + ", not '" + effect + "'");
        }
        return new DoorRule(
                region,
                "",
                operation,
                table,
                probability,
                what,
                code.isEmpty() ? 503 : status,
                code.isEmpty() ? "ServiceUnavailable" : code,
                "",
                what == Effect.SLOW ? latencyMillis : 0);
    }
}
