package dev.meridian.node.control;

import dev.meridian.table.model.Struct;
import dev.meridian.table.operation.Answer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** DescribeLimits: the quotas a new account has. */
final class DescribeLimits implements ControlOperation {

    @Override
    public CompletionStage<byte[]> run(Struct request) {
        return CompletableFuture.completedFuture(Answer.of(json -> {
            json.writeNumberField("AccountMaxReadCapacityUnits", 80_000);
            json.writeNumberField("AccountMaxWriteCapacityUnits", 80_000);
            json.writeNumberField("TableMaxReadCapacityUnits", 40_000);
            json.writeNumberField("TableMaxWriteCapacityUnits", 40_000);
        }));
    }
}
