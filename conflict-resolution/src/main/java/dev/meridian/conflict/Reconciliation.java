package dev.meridian.conflict;

/** What becomes of a write that arrives from another region. */
public sealed interface Reconciliation {

    /**
     * The incoming write replaces what is here.
     *
     * @param conflict whether neither write knew of the other, so that the one replaced is lost without its writer knowing
     */
    record Applied(Stamp stamp, boolean conflict) implements Reconciliation {}

    /**
     * What is here stays; its stamp becomes {@code stamp}.
     *
     * @param conflict whether neither write knew of the other, so that the incoming one is lost
     */
    record Superseded(Stamp stamp, boolean conflict) implements Reconciliation {}

    /** What is here already knew of the incoming write; nothing changes. */
    record Duplicate() implements Reconciliation {}
}
