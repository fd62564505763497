package dev.meridian.node.control;

import dev.meridian.node.catalogue.CatalogueEvent;
import dev.meridian.node.catalogue.TableState;
import dev.meridian.node.settings.ServiceSettings;
import dev.meridian.table.definition.TableDefinition;
import dev.meridian.table.definition.TableUpdate;
import dev.meridian.table.model.ServiceException;
import dev.meridian.table.model.Struct;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * UpdateTable: one replica added or removed, or the stream and what {@link TableUpdate} changes. Texts as the live service
 * gives them.
 *
 * @param replica what happens to a replica, or null
 * @param stream what happens to the stream, or null
 */
record UpdateTableRequest(
        Struct request,
        @Nullable ReplicaUpdate replica,
        @Nullable StreamChange stream) {

    private static final List<String> UNSERVED = List.of(
            "MultiRegionConsistency",
            "GlobalTableWitnessUpdates",
            "GlobalTableSettingsReplicationMode",
            "VectorIndexUpdates");
    private static final List<String> DEFINING = List.of(
            "BillingMode",
            "ProvisionedThroughput",
            "GlobalSecondaryIndexUpdates",
            "OnDemandThroughput",
            "WarmThroughput",
            "SSESpecification",
            "TableClass",
            "DeletionProtectionEnabled");

    static UpdateTableRequest parse(Struct request, String region, List<String> regions) {
        for (String member : UNSERVED) {
            if (request.has(member)) {
                throw ServiceException.validation("Meridian does not serve UpdateTable with " + member + " yet");
            }
        }
        ReplicaUpdate replica = request.has("ReplicaUpdates") ? ReplicaUpdate.parse(request, region, regions) : null;
        Struct specification = request.struct("StreamSpecification");
        StreamChange stream = specification == null ? null : StreamChange.parse(specification);
        boolean isDefining = DEFINING.stream().anyMatch(request::has);
        if (replica != null && (isDefining || stream != null)) {
            throw ServiceException.validation(
                    "Requests that modify replicas or witnesses must not also modify other fields");
        }
        if (replica == null && stream == null && !isDefining) {
            throw ServiceException.validation(
                    "At least one of ProvisionedThroughput, BillingMode, UpdateStreamEnabled, GlobalSecondaryIndexUpdates or "
                            + "SSESpecification or ReplicaUpdates is required");
        }
        return new UpdateTableRequest(request, replica, stream);
    }

    static ServiceException inUse(TableState table) {
        return ServiceException.dynamodb(
                "ResourceInUseException",
                "Attempt to change a resource which is still in use: Table is being updated: " + table.name());
    }

    /** The region that is to get a replica, if the request asks for one. */
    Optional<String> newReplica() {
        return replica != null && replica.action() == ReplicaUpdate.Action.CREATE
                ? Optional.of(replica.region())
                : Optional.empty();
    }

    /** What the request makes of a table, given the names of tables in the region that is to get a replica. */
    List<CatalogueEvent> decide(TableState table, List<String> namesTaken, ServiceSettings service, long nowMillis) {
        if (table.status() != TableState.Status.ACTIVE || table.isChangingReplicas() || table.isChangingIndexes()) {
            throw inUse(table);
        }
        if (replica != null) {
            return replica.decide(table, namesTaken, service, nowMillis);
        }
        TableDefinition changed = TableUpdate.apply(table.definition(), request);
        List<CatalogueEvent> events = new ArrayList<>();
        if (stream != null) {
            events.add(stream.decide(table, nowMillis));
            changed = changed.withStreamView(stream.view());
        }
        events.add(new CatalogueEvent.TableRedefined(table.globalId(), changed));
        return events;
    }
}
