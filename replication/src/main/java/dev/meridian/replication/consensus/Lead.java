package dev.meridian.replication.consensus;

import org.jspecify.annotations.Nullable;

/**
 * What lets a proposer's next write begin with its second round: a majority has accepted the value in the ballot {@code base}
 * and promised {@code next} in the same breath, so while that holds, nothing else was accepted after it. Good for one
 * operation.
 */
public record Lead(Ballot base, Ballot next) {

    /** Whether an acceptor's state bears out that nothing has come between, as far as it knows. */
    public boolean isIn(AcceptorState state) {
        return state.promised().equals(next) && state.accepted().equals(base);
    }

    /** A lead and the value accepted in its base. */
    public record Taken(Lead lead, byte @Nullable [] value) {}
}
