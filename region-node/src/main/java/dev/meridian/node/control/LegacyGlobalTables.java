package dev.meridian.node.control;

import dev.meridian.table.model.ServiceException;
import dev.meridian.table.model.Struct;
import dev.meridian.table.operation.Answer;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The operations of global tables version 2017.11.29, which the service has ended: they find nothing and make nothing. */
final class LegacyGlobalTables {

    private LegacyGlobalTables() {}

    static Map<String, ControlOperation> operations() {
        return Map.of(
                "CreateGlobalTable", LegacyGlobalTables::create,
                "UpdateGlobalTable", LegacyGlobalTables::find,
                "DescribeGlobalTable", LegacyGlobalTables::find,
                "UpdateGlobalTableSettings", LegacyGlobalTables::find,
                "DescribeGlobalTableSettings", LegacyGlobalTables::find,
                "ListGlobalTables", LegacyGlobalTables::list);
    }

    private static CompletionStage<byte[]> create(Struct request) {
        throw ServiceException.validation(
                "One or more parameter values were invalid: DynamoDB global tables version 2017.11.29 is not supported. "
                        + "We recommend using DynamoDB global tables version 2019.11.21, instead of version 2017.11.29 "
                        + "(Legacy).");
    }

    private static CompletionStage<byte[]> find(Struct request) {
        throw ServiceException.dynamodb(
                "GlobalTableNotFoundException",
                "Global table not found: Global table with name: '" + request.requiredText("GlobalTableName")
                        + "' does not exist.");
    }

    private static CompletionStage<byte[]> list(Struct request) {
        return CompletableFuture.completedFuture(Answer.of(json -> {
            json.writeArrayFieldStart("GlobalTables");
            json.writeEndArray();
        }));
    }
}
