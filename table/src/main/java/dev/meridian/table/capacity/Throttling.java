package dev.meridian.table.capacity;

import dev.meridian.table.model.ServiceException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** The service's errors for what a table cannot afford. */
public final class Throttling {

    private static final String PROVISIONED = "ProvisionedThroughputExceededException";
    private static final String ON_DEMAND = "ThrottlingException";

    private Throttling() {}

    /** Whether trying again later may help, because nothing but throughput was lacking. */
    public static boolean isThrottling(ServiceException error) {
        return error.type().endsWith("#" + PROVISIONED) || error.type().endsWith("#" + ON_DEMAND);
    }

    /**
     * The units that were provisioned are used up.
     *
     * @param write whether for writing rather than reading
     * @param index whether it is an index that has nothing left
     * @param resource the table's or the index's ARN
     */
    public static ServiceException provisioned(boolean write, boolean index, String resource) {
        String text = index
                ? "The level of configured provisioned throughput for one or more global secondary indexes of the table was "
                        + "exceeded. Consider increasing your provisioning level for the under-provisioned global secondary "
                        + "indexes with the UpdateTable API"
                : "The level of configured provisioned throughput for the table was exceeded. Consider increasing your "
                        + "provisioning level with the UpdateTable API.";
        return error(PROVISIONED, "ThrottlingReasons", text, write, index, "ProvisionedThroughputExceeded", resource);
    }

    /** An on-demand table, or index, has taken as much as it is bounded to by its owner. */
    public static ServiceException maximum(boolean write, boolean index, String resource) {
        String text = "Throughput exceeds the maximum OnDemandThroughput configured on table or index";
        return error(ON_DEMAND, "throttlingReasons", text, write, index, "MaxOnDemandThroughputExceeded", resource);
    }

    /** An on-demand table has taken as much as any table may at once. */
    public static ServiceException account(boolean write, boolean index, String resource) {
        String text =
                "Throughput exceeds the current capacity of your table or index. DynamoDB is automatically scaling your "
                        + "table or index so please try again shortly. If exceptions persist, check if you have a hot key: "
                        + "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/bp-partition-key-design.html";
        return error(ON_DEMAND, "throttlingReasons", text, write, index, "AccountLimitExceeded", resource);
    }

    /** One partition has taken as much as any may at once. */
    public static ServiceException partition(boolean provisioned, boolean write, String resource) {
        String reason = "KeyRangeThroughputExceeded";
        return provisioned
                ? error(
                        PROVISIONED,
                        "ThrottlingReasons",
                        String.valueOf(provisioned(write, false, resource).getMessage()),
                        write,
                        false,
                        reason,
                        resource)
                : error(
                        ON_DEMAND,
                        "throttlingReasons",
                        String.valueOf(account(write, false, resource).getMessage()),
                        write,
                        false,
                        reason,
                        resource);
    }

    private static ServiceException error(
            String type, String member, String text, boolean write, boolean index, String reason, String resource) {
        String code = (index ? "Index" : "Table") + (write ? "Write" : "Read") + reason;
        String json = "[{\"reason\":\"" + code + "\",\"resource\":\"" + resource + "\"}]";
        String namespace =
                type.equals(ON_DEMAND) ? "com.amazon.coral.availability#" : "com.amazonaws.dynamodb.v20120810#";
        return new ServiceException(namespace + type, 400, text, Map.of(member, json.getBytes(StandardCharsets.UTF_8)));
    }
}
