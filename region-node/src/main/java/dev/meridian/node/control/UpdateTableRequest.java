package dev.meridian.node.control;

import dev.meridian.node.catalogue.CatalogueEvent;
import dev.meridian.node.catalogue.TableState;
import dev.meridian.node.settings.ServiceSettings;
import dev.meridian.table.model.ServiceException;
import dev.meridian.table.model.Struct;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * UpdateTable: one replica added or removed, or deletion protection. Texts as the live service gives them.
 *
 * @param replica what happens to a replica, or null
 */
record UpdateTableRequest(
        @Nullable ReplicaUpdate replica, @Nullable Boolean deletionProtection) {

    private static final Set<String> UNSERVED = Set.of(
            "AttributeDefinitions",
            "BillingMode",
            "ProvisionedThroughput",
            "GlobalSecondaryIndexUpdates",
            "StreamSpecification",
            "SSESpecification",
            "TableClass",
            "MultiRegionConsistency",
            "GlobalTableWitnessUpdates",
            "OnDemandThroughput",
            "WarmThroughput");

    static UpdateTableRequest parse(Struct request, String region, List<String> regions) {
        for (String member : UNSERVED) {
            if (request.has(member)) {
                throw ServiceException.validation("Meridian does not serve UpdateTable with " + member + " yet");
            }
        }
        ReplicaUpdate replica = request.has("ReplicaUpdates") ? ReplicaUpdate.parse(request, region, regions) : null;
        Boolean protection =
                request.has("DeletionProtectionEnabled") ? request.flag("DeletionProtectionEnabled") : null;
        if (replica != null && protection != null) {
            throw ServiceException.validation(
                    "Requests that modify replicas or witnesses must not also modify other fields");
        }
        if (replica == null && protection == null) {
            throw ServiceException.validation(
                    "At least one of ProvisionedThroughput, BillingMode, UpdateStreamEnabled, GlobalSecondaryIndexUpdates or "
                            + "SSESpecification or ReplicaUpdates is required");
        }
        return new UpdateTableRequest(replica, protection);
    }

    /** The region that is to get a replica, if the request asks for one. */
    Optional<String> newReplica() {
        return replica != null && replica.action() == ReplicaUpdate.Action.CREATE
                ? Optional.of(replica.region())
                : Optional.empty();
    }

    /** What the request makes of a table, given the names of tables in the region that is to get a replica. */
    List<CatalogueEvent> decide(TableState table, List<String> namesTaken, ServiceSettings service, long nowMillis) {
        if (table.status() != TableState.Status.ACTIVE || table.isChangingReplicas()) {
            throw ServiceException.dynamodb(
                    "ResourceInUseException",
                    "Attempt to change a resource which is still in use: Table is being updated: " + table.name());
        }
        if (replica != null) {
            return replica.decide(table, namesTaken, service, nowMillis);
        }
        return deletionProtection == null
                ? List.of()
                : List.of(new CatalogueEvent.TableRedefined(
                        table.globalId(), table.definition().withDeletionProtection(deletionProtection)));
    }
}
