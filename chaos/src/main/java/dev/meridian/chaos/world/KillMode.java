package dev.meridian.chaos.world;

import dev.meridian.node.http.FrontDoor;
import java.util.Locale;

/** What the front door does with a request for a killed region; the region's own port always refuses. */
public enum KillMode {
    /** Drops the connection without a word. */
    REFUSE,
    /** Never answers. */
    HANG,
    /** Answers 503. */
    FAIL;

    /** From {@code refuse}, {@code hang} or {@code 5xx}. */
    public static KillMode parse(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "refuse" -> REFUSE;
            case "hang" -> HANG;
            case "5xx" -> FAIL;
            default -> throw new IllegalArgumentException("--kill-mode is refuse, hang or 5xx, not '" + text + "'");
        };
    }

    FrontDoor.RegionTarget target() {
        return switch (this) {
            case REFUSE -> request -> request.connection().close();
            case HANG -> request -> request.pause();
            case FAIL ->
                request -> request.response()
                        .setStatusCode(503)
                        .putHeader("Content-Type", "application/x-amz-json-1.0")
                        .end("{\"__type\":\"com.amazon.coral.availability#ServiceUnavailableException\"}");
        };
    }
}
