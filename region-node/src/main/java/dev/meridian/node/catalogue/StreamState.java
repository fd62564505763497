package dev.meridian.node.catalogue;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * One stream of a table in this region: a new one begins each time streams are turned on.
 *
 * @param number 1 and up within the table
 * @param startedMillis since 1970 UTC
 * @param endedMillis since 1970 UTC; 0 while it is on
 */
public record StreamState(int number, String view, long startedMillis, long endedMillis) {

    private static final DateTimeFormatter LABEL =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS").withZone(ZoneOffset.UTC);

    /** When it was turned on, as part of its name. */
    public String label() {
        return LABEL.format(Instant.ofEpochMilli(startedMillis));
    }

    public boolean isOn() {
        return endedMillis == 0;
    }
}
