package dev.meridian.chaos.simulator;

/** A mistake put into the agreement of regions on purpose, to see that the simulator finds it. */
public enum ConsensusBug {
    NONE,
    /** An acceptor answers before its state is durable. */
    ANSWER_BEFORE_SYNC,
    /** An acceptor takes a value in a ballot below the one it has promised. */
    FORGOTTEN_PROMISE,
    /** A proposer builds on the value it hears of first, not on that of the greatest ballot. */
    FIRST_VALUE_HEARD,
    /** A region that was started anew uses its ballots again. */
    BALLOT_USED_AGAIN,
    /** An acceptor forgets the promise of the next ballot that comes with a value. */
    LEAD_WITHOUT_PROMISE,
    /** A read is answered by the region asked alone. */
    READ_FROM_ONE,
    /** A write that is refused is called overtaken before its fate is known. */
    FATE_NOT_AWAITED
}
