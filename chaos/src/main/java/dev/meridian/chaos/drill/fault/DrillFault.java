package dev.meridian.chaos.drill.fault;

import dev.meridian.chaos.fault.Breakable;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** A fault of a drill. */
public interface DrillFault {

    /** Brings it about. */
    CompletionStage<Void> begin(Breakable world);

    /** Undoes it. */
    CompletionStage<Void> end(Breakable world);

    /** As drill files call it. */
    String name();

    /** For people. */
    String describe();

    /** The region that dies of it. */
    default Optional<String> killed() {
        return Optional.empty();
    }

    /** The region that clients are told to leave. */
    default Optional<String> drained() {
        return Optional.empty();
    }

    /** Why it cannot be brought about in virtual time; empty where it can. */
    default Optional<String> onlyReal() {
        return Optional.empty();
    }
}
