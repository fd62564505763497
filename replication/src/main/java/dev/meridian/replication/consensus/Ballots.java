package dev.meridian.replication.consensus;

/** Gives one proposer its ballots, each greater than all before. Thread-safe. */
public final class Ballots {

    private final String proposer;
    private long last;

    public Ballots(String proposer) {
        this.proposer = proposer;
    }

    /** The next ballot, above that counter. */
    public synchronized Ballot above(long counter) {
        last = Math.max(last, counter) + 1;
        return new Ballot(last, proposer);
    }
}
