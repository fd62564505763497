package dev.meridian.node.control;

import dev.meridian.table.model.Struct;
import java.util.concurrent.CompletionStage;

/** One operation on tables. Thread-safe. */
@FunctionalInterface
interface ControlOperation {

    /**
     * Runs a request that has passed the model's constraints; the answer is JSON in UTF-8. Fails, or throws, with {@link
     * dev.meridian.table.model.ServiceException} for what the client is to be told, and has then changed nothing.
     */
    CompletionStage<byte[]> run(Struct request);
}
