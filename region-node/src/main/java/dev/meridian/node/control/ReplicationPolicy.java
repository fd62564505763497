package dev.meridian.node.control;

import dev.meridian.node.account.Caller;
import dev.meridian.node.account.ResourcePolicy;
import dev.meridian.node.catalogue.AccountSettings;
import dev.meridian.node.catalogue.TableArns;
import dev.meridian.node.catalogue.TablePermits;
import dev.meridian.node.catalogue.TableSettings;
import dev.meridian.node.catalogue.TableState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Whether a replica's resource policy lets the service replicate among all replicas of a multi-account global table. */
final class ReplicationPolicy {

    private static final String PRINCIPAL = "replication.dynamodb.amazonaws.com";
    private static final List<String> ACTIONS =
            List.of("ReadDataForReplication", "WriteDataForReplication", "ReplicateSettings");

    private ReplicationPolicy() {}

    /** A table's replicas, that of this region first. */
    static List<TableArns.Parts> replicas(TableState table) {
        List<TableArns.Parts> replicas = new ArrayList<>();
        replicas.add(TableArns.parse(table.arn()).orElseThrow());
        table.replicas()
                .keySet()
                .forEach(region -> replicas.add(
                        new TableArns.Parts(region, AccountSettings.in(table.settings(), region), table.name())));
        return replicas;
    }

    /** What the policy of the replica of that ARN does not allow, if anything. */
    static Optional<String> missing(ResourcePolicy policy, String arn, List<TableArns.Parts> replicas) {
        return ACTIONS.stream()
                .filter(action -> !replicas.stream().allMatch(other -> allows(policy, action, arn, other)))
                .findFirst();
    }

    private static boolean allows(ResourcePolicy policy, String action, String arn, TableArns.Parts other) {
        Map<String, String> context = Map.of("aws:SourceAccount", other.account(), "aws:SourceArn", other.arn());
        return policy.allows(new ResourcePolicy.Question(PRINCIPAL, action, arn, context));
    }

    /** Throws AccessDeniedException where the policy does not allow all of it. */
    static void check(ResourcePolicy policy, String arn, List<TableArns.Parts> replicas) {
        missing(policy, arn, replicas).ifPresent(action -> {
            throw Caller.denied(PRINCIPAL, action, arn);
        });
    }

    /** The settings of a table whose policy they change: without the policy's leave its replica here replicates no more. */
    static TableSettings applied(TableState table, TableSettings settings, long nowMillis) {
        if (!table.isOfSeveralAccounts()) {
            return settings;
        }
        boolean isAllowed =
                missing(TablePermits.of(settings), table.arn(), replicas(table)).isEmpty();
        return isAllowed
                ? AccountSettings.authorized(settings, table.region())
                : AccountSettings.denied(settings, table.region(), nowMillis);
    }
}
