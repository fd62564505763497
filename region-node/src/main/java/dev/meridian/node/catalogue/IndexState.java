package dev.meridian.node.catalogue;

/**
 * Where a secondary index stands in this region.
 *
 * @param number its number in the store, not given to another while its rows are there
 */
public record IndexState(int number, Phase phase) {

    /** How far it has come. */
    public enum Phase {
        /** Kept up to date, while the items that were there before are added. */
        BACKFILLING,
        ACTIVE,
        /** No longer used; its rows are being removed. */
        LEAVING
    }
}
