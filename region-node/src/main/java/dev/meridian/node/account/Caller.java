package dev.meridian.node.account;

import dev.meridian.table.model.ServiceException;
import java.util.Map;

/**
 * Who asks, and for what.
 *
 * @param operation as it is named in requests and in policies
 */
public record Caller(String account, String operation) {

    /** What a caller gets who may not do that with another account's table, or cannot know whether there is one. */
    public ServiceException denied(String arn) {
        return denied("arn:aws:iam::" + account + ":root", operation, arn);
    }

    /** What one gets who may not do something with a table. */
    public static ServiceException denied(String who, String action, String arn) {
        return new ServiceException(
                "com.amazon.coral.service#AccessDeniedException",
                400,
                "User: " + who + " is not authorized to perform: dynamodb:" + action
                        + " on resource: " + arn + " because no resource-based policy allows the dynamodb:" + action
                        + " action",
                Map.of());
    }
}
