package dev.meridian.chaos.route;

import java.util.Locale;

/** Who says which region a request goes to. */
public enum RoutePolicy {
    /** The client: the region it signs for. */
    BY_SIGNATURE,
    /** The door: one region for all, and another when that one is gone. */
    PRIMARY,
    /** The door: the region nearest to the client's that is live. */
    NEAREST;

    /** As people write it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** From {@code by-signature}, {@code primary} or {@code nearest}; throws IllegalArgumentException for the user. */
    public static RoutePolicy parse(String text) {
        for (RoutePolicy policy : values()) {
            if (policy.word().equals(text)) {
                return policy;
            }
        }
        throw new IllegalArgumentException(
                "a front door's policy is by-signature, primary or nearest, not '" + text + "'");
    }
}
