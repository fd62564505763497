package dev.meridian.node.control;

import dev.meridian.node.account.Caller;
import dev.meridian.table.model.ServiceException;
import dev.meridian.table.operation.DataOperations;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The operations on tables by name. Thread-safe. */
public final class ControlPlane {

    private final ControlSetting setting;
    private final Set<String> names;

    public ControlPlane(ControlSetting setting) {
        this.setting = setting;
        this.names = Set.copyOf(operations(setting).keySet());
    }

    private static Map<String, ControlOperation> operations(ControlSetting setting) {
        Map<String, ControlOperation> operations = new HashMap<>(LegacyGlobalTables.operations());
        operations.putAll(new ResourcePolicies(setting).operations());
        operations.putAll(new ContributorInsights(setting).operations());
        operations.putAll(new ContinuousBackups(setting).operations());
        operations.putAll(Map.ofEntries(
                Map.entry("CreateTable", new CreateTable(setting)),
                Map.entry("DescribeTable", new DescribeTable(setting)),
                Map.entry("ListTables", new ListTables(setting)),
                Map.entry("UpdateTable", new UpdateTable(setting)),
                Map.entry("DeleteTable", new DeleteTable(setting)),
                Map.entry("DescribeKinesisStreamingDestination", new DescribeKinesisStreamingDestination(setting)),
                Map.entry("DescribeEndpoints", new DescribeEndpoints(setting)),
                Map.entry("DescribeLimits", new DescribeLimits()),
                Map.entry("UpdateTimeToLive", new UpdateTimeToLive(setting)),
                Map.entry("DescribeTimeToLive", new DescribeTimeToLive(setting)),
                Map.entry("TagResource", new TagResource(setting)),
                Map.entry("UntagResource", new UntagResource(setting)),
                Map.entry("ListTagsOfResource", new ListTagsOfResource(setting))));
        return operations;
    }

    /** The operations that {@link #handle} serves. */
    public Set<String> names() {
        return names;
    }

    /** Runs an operation; what is not served fails as unknown. */
    public CompletionStage<byte[]> handle(Caller caller, byte[] body) {
        String operation = caller.operation();
        try {
            ControlOperation served = operations(setting.as(caller)).get(operation);
            if (served == null) {
                throw DataOperations.unknown(operation);
            }
            return served.run(DataOperations.decode(operation, body));
        } catch (ServiceException refused) {
            return CompletableFuture.failedFuture(refused);
        }
    }
}
