package dev.meridian.node.control;

import dev.meridian.node.catalogue.CatalogueEvent;
import dev.meridian.node.catalogue.Member;
import dev.meridian.node.catalogue.TableState;
import dev.meridian.table.model.ServiceException;
import dev.meridian.table.model.Struct;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * UpdateTable: one replica added or removed, or deletion protection. Texts as the live service gives them.
 *
 * @param create the region to get a replica, or null
 * @param delete the region to lose its replica, or null
 */
record UpdateTableRequest(
        @Nullable String create,
        @Nullable String delete,
        @Nullable Boolean deletionProtection) {

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
        Set<String> creates = new LinkedHashSet<>();
        Set<String> deletes = new LinkedHashSet<>();
        for (Struct update : request.structs("ReplicaUpdates")) {
            Struct create = update.struct("Create");
            Struct delete = update.struct("Delete");
            if (create != null) {
                creates.add(create.requiredText("RegionName"));
            }
            if (delete != null) {
                deletes.add(delete.requiredText("RegionName"));
            }
            if (update.has("Update")) {
                throw unserved("ReplicaUpdates.Update");
            }
        }
        if (!creates.isEmpty() && !deletes.isEmpty()) {
            throw ServiceException.validation(
                    "Update table operation with more than one type of replica actions not allowed.");
        }
        if (creates.size() + deletes.size() > 1) {
            throw ServiceException.validation(
                    "Update table operation with more than one create or delete replica actions not allowed");
        }
        for (String member : UNSERVED) {
            if (request.has(member)) {
                throw unserved(member);
            }
        }
        String create = creates.stream().findFirst().orElse(null);
        String delete = deletes.stream().findFirst().orElse(null);
        checkRegion(create, region, regions);
        checkRegion(delete, region, regions);
        Boolean protection =
                request.has("DeletionProtectionEnabled") ? request.flag("DeletionProtectionEnabled") : null;
        if (create == null && delete == null && protection == null) {
            throw ServiceException.validation(
                    "At least one of ProvisionedThroughput, BillingMode, UpdateStreamEnabled, GlobalSecondaryIndexUpdates or "
                            + "SSESpecification or ReplicaUpdates is required");
        }
        return new UpdateTableRequest(create, delete, protection);
    }

    private static ServiceException unserved(String member) {
        return ServiceException.validation("Meridian does not serve UpdateTable with " + member + " yet");
    }

    private static void checkRegion(@Nullable String asked, String region, List<String> regions) {
        if (asked == null) {
            return;
        }
        if (asked.equals(region)) {
            throw ServiceException.validation(
                    "Cannot add or delete the local region through ReplicaUpdates. Use CreateTable, "
                            + "DeleteTable, or UpdateTable as required.");
        }
        if (!regions.contains(asked)) {
            throw ServiceException.validation(
                    "Region " + asked + " is not supported. The latest version of global tables are "
                            + "only supported in the following regions: " + regions);
        }
    }

    boolean changesReplicas() {
        return create != null || delete != null;
    }

    /** What the request makes of a table, given the names of tables in the region that is to get a replica. */
    List<CatalogueEvent> decide(TableState table, List<String> namesTaken) {
        if (table.status() != TableState.Status.ACTIVE) {
            throw inUse(table);
        }
        List<CatalogueEvent> events = new ArrayList<>();
        if (create != null) {
            refuseWhileChanging(table);
            if (table.replicas().containsKey(create) || namesTaken.contains(table.name())) {
                throw ServiceException.validation("Failed to create a the new replica of table with name: \u2018"
                        + table.name() + "\u2019 because one or more replicas already existed as tables.");
            }
            if (table.definition().streamView().isEmpty()) {
                events.add(new CatalogueEvent.TableRedefined(
                        table.globalId(), table.definition().withStreamView("NEW_AND_OLD_IMAGES")));
            }
            events.add(new CatalogueEvent.ReplicaChanged(table.globalId(), create, Member.Phase.CREATING));
        }
        if (delete != null) {
            if (!table.replicas().containsKey(delete)) {
                throw ServiceException.validation(
                        "Update global table operation failed because one or more replicas were not "
                                + "part of the global table. Please retry the request without these replicas: ["
                                + delete + "].");
            }
            refuseWhileChanging(table);
            events.add(new CatalogueEvent.ReplicaChanged(table.globalId(), delete, Member.Phase.DELETING));
        }
        if (deletionProtection != null) {
            events.add(new CatalogueEvent.TableRedefined(
                    table.globalId(), table.definition().withDeletionProtection(deletionProtection)));
        }
        return events;
    }

    private static void refuseWhileChanging(TableState table) {
        boolean isChanging = table.replicas().values().stream()
                .anyMatch(phase -> phase == Member.Phase.CREATING || phase == Member.Phase.DELETING);
        if (isChanging) {
            throw inUse(table);
        }
    }

    private static ServiceException inUse(TableState table) {
        return ServiceException.dynamodb(
                "ResourceInUseException",
                "Attempt to change a resource which is still in use: Table is being updated: " + table.name());
    }
}
