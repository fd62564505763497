package dev.meridian.replication.link;

/**
 * One request to a peer.
 *
 * @param timeoutMillis after which the exchange fails; a long poll's is longer than the time it may be parked
 */
public record LinkRequest(Kind kind, byte[] body, long timeoutMillis) {

    /** What is asked. */
    public enum Kind {
        /** Change records after given positions; may be parked. */
        PULL,
        /** A page of a table's rows. */
        COPY,
        /** Digests of a table by ranges of keys. */
        DIGESTS,
        /** News of the sender's catalogue. */
        ANNOUNCE,
        /** The receiver's catalogue, please. */
        CATALOGUE,
        /** Where the receiver stands with its tables: what it has written, and what of others' writes it has. */
        STANDING,
        /** A message about one item that regions agree on. */
        AGREE,
        /** Which versions the receiver has accepted. */
        LISTING,
        /** To witness a table, or to do so no longer. */
        WITNESS,
        /** To let a table of the receiver's have a replica of another account in the sender's region. */
        ASSOCIATE,
        /** Whether the policy of the receiver's replica lets the service replicate with one that is to join. */
        PERMIT;

        /** As it stands in paths. */
        public String path() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }
}
