package dev.meridian.node.control;

import dev.meridian.node.account.Caller;
import dev.meridian.table.model.ServiceException;
import dev.meridian.table.operation.DataOperations;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** The operations on tables by name. Thread-safe. */
public final class ControlPlane {

    private static final Map<String, Function<ControlSetting, ControlOperation>> OPERATIONS = operations();

    private final ControlSetting setting;

    public ControlPlane(ControlSetting setting) {
        this.setting = setting;
    }

    private static Map<String, Function<ControlSetting, ControlOperation>> operations() {
        Map<String, Function<ControlSetting, ControlOperation>> operations = new HashMap<>();
        LegacyGlobalTables.operations().forEach((name, operation) -> operations.put(name, setting -> operation));
        operations.putAll(ResourcePolicies.operations());
        operations.putAll(ContributorInsights.operations());
        operations.putAll(ContinuousBackups.operations());
        operations.putAll(Map.ofEntries(
                Map.entry("CreateTable", CreateTable::new),
                Map.entry("DescribeTable", DescribeTable::new),
                Map.entry("ListTables", ListTables::new),
                Map.entry("UpdateTable", UpdateTable::new),
                Map.entry("DeleteTable", DeleteTable::new),
                Map.entry("DescribeKinesisStreamingDestination", DescribeKinesisStreamingDestination::new),
                Map.entry("DescribeEndpoints", DescribeEndpoints::new),
                Map.entry("DescribeLimits", setting -> new DescribeLimits()),
                Map.entry("UpdateTimeToLive", UpdateTimeToLive::new),
                Map.entry("DescribeTimeToLive", DescribeTimeToLive::new),
                Map.entry("TagResource", TagResource::new),
                Map.entry("UntagResource", UntagResource::new),
                Map.entry("ListTagsOfResource", ListTagsOfResource::new)));
        return operations;
    }

    /** The operations that {@link #handle} serves. */
    public Set<String> names() {
        return OPERATIONS.keySet();
    }

    /** Runs an operation; what is not served fails as unknown. */
    public CompletionStage<byte[]> handle(Caller caller, byte[] body) {
        String operation = caller.operation();
        try {
            Function<ControlSetting, ControlOperation> served = OPERATIONS.get(operation);
            if (served == null) {
                throw DataOperations.unknown(operation);
            }
            return served.apply(setting.as(caller)).run(DataOperations.decode(operation, body));
        } catch (ServiceException refused) {
            return CompletableFuture.failedFuture(refused);
        }
    }
}
