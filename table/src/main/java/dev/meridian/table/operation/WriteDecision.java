package dev.meridian.table.operation;

import dev.meridian.table.model.ServiceException;
import dev.meridian.table.value.Item;

/** What a write does to an item, once its current image is known. */
public sealed interface WriteDecision {

    /** The item becomes this. */
    record Store(Item item) implements WriteDecision {}

    /** The item is removed; it was there. */
    record Remove() implements WriteDecision {}

    /** Nothing changes and the write succeeds: a delete of what is not there. */
    record Keep() implements WriteDecision {}

    /** Nothing changes and the client gets this error. */
    record Refuse(ServiceException error) implements WriteDecision {}
}
