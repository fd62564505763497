package dev.meridian.chaos.drill;

import java.util.List;

/**
 * What was seen of the regions themselves, besides what their clients saw.
 *
 * @param samples how replication stood, in the order of time
 * @param conflicts the newest of the writes that lost to one that did not know of them
 * @param isRecordWhole whether no region had to forget conflicts before they were read
 */
public record Sightings(List<Sample> samples, List<Overwritten> conflicts, boolean isRecordWhole) {

    /** Nobody looked. */
    public static final Sightings NONE = new Sightings(List.of(), List.of(), true);

    /** So many conflicts are kept with their images. */
    public static final int CONFLICTS_MAX = 50;

    /**
     * How replication stood at a moment, of the pair of regions where it was worst.
     *
     * @param atMillis since the load began
     * @param lagMillis the age of the oldest write that another region had not confirmed
     * @param backlog how many writes it had not confirmed
     */
    public record Sample(double atMillis, double lagMillis, long backlog) {}

    /**
     * A write that lost.
     *
     * @param key of the item
     * @param rule what decided
     * @param detectedIn the region where the two met
     */
    public record Overwritten(String key, String rule, String detectedIn, Side winner, Side loser) {

        /** By how much the winner's stamp is later, in milliseconds. */
        public long marginMillis() {
            return winner.writtenMillis() - loser.writtenMillis();
        }
    }

    /**
     * One of the two writes.
     *
     * @param region where it was written
     * @param writtenMillis by that region's clock, since 1970 UTC
     * @param image the item as JSON; empty: it was deleted
     */
    public record Side(String region, long writtenMillis, String image) {}
}
