package dev.meridian.table.definition;

/**
 * What a replica reads with instead of what the table has.
 *
 * @param provisioned units a second; 0 where the table's count
 * @param maximum the most that on-demand may take; 0 where the table's counts, -1 where there is to be no bound
 */
public record ReadOverride(long provisioned, long maximum) {

    public static final ReadOverride NONE = new ReadOverride(0, 0);

    /** These overrides, and those where these say nothing. */
    ReadOverride over(ReadOverride earlier) {
        return new ReadOverride(
                provisioned == 0 ? earlier.provisioned : provisioned, maximum == 0 ? earlier.maximum : maximum);
    }
}
