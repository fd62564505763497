package dev.meridian.chaos.drill.fault;

import java.util.List;

/**
 * A kind of fault, as drill files name it.
 *
 * @param keys those of its step that are its own
 */
record FaultKind(String name, List<String> keys, Reader reader) {

    /** Makes the fault of a step. */
    @FunctionalInterface
    interface Reader {

        DrillFault read(StepReader step);
    }
}
