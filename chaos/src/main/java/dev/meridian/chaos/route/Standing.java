package dev.meridian.chaos.route;

import java.util.Locale;

/** How a region stands with those who choose one, the best first. */
public enum Standing {
    /** It answers, and is linked to others. */
    LIVE,
    /** It answers, but every link to and from the other regions is cut: what it takes, nobody else has. */
    ISOLATED,
    /** It answers, and is to get nothing new. */
    DRAINING,
    /** It does not answer. */
    DEAD;

    /** As people write it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
