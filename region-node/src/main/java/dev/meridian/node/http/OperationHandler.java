package dev.meridian.node.http;

import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/** Runs DynamoDB operations; the door's only idea of what lies behind it. */
@FunctionalInterface
public interface OperationHandler {

    /**
     * Runs one operation and gives its JSON answer. Returns without blocking. Fails with {@link
     * dev.meridian.table.model.ServiceException} for what the client is to be told; any other failure is an internal error
     * that leaves the outcome open.
     *
     * @param account whose request it is
     * @param answering the connection's own executor, for work on the answer
     */
    CompletionStage<byte[]> handle(String account, String operation, byte[] body, Executor answering);
}
