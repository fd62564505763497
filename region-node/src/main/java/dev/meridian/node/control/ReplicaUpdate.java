package dev.meridian.node.control;

import dev.meridian.node.catalogue.CatalogueEvent;
import dev.meridian.node.catalogue.Member;
import dev.meridian.node.catalogue.TableState;
import dev.meridian.node.settings.ServiceSettings;
import dev.meridian.table.model.ServiceException;
import dev.meridian.table.model.Struct;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One replica added or removed by UpdateTable. Rules and texts are those of the live service, version 2019.11.21;
 * docs/global-tables.md lists them.
 *
 * @param region the region that is to get or lose its replica
 */
record ReplicaUpdate(Action action, String region) {

    /** What happens to the replica. */
    enum Action {
        CREATE,
        DELETE
    }

    private static final Duration SOURCE_STAYS = Duration.ofHours(24);

    /** Reads {@code ReplicaUpdates}, of which exactly one action is allowed and nothing else in the request. */
    static ReplicaUpdate parse(Struct request, String here, List<String> regions) {
        Set<ReplicaUpdate> updates = new LinkedHashSet<>();
        for (Struct update : request.structs("ReplicaUpdates")) {
            Struct create = update.struct("Create");
            Struct delete = update.struct("Delete");
            Struct change = update.struct("Update");
            if (create != null) {
                updates.add(new ReplicaUpdate(Action.CREATE, create.requiredText("RegionName")));
                refuseOverrides(create);
            }
            if (delete != null) {
                updates.add(new ReplicaUpdate(Action.DELETE, delete.requiredText("RegionName")));
            }
            if (change != null) {
                refuseOverrides(change);
                throw ServiceException.validation(
                        "There are no actions specified in the Replica Update Action of the request.");
            }
        }
        if (updates.isEmpty()) {
            throw ServiceException.validation(
                    "There are no actions specified in the Replica Update Action of the request.");
        }
        if (updates.stream().map(ReplicaUpdate::action).distinct().count() > 1) {
            throw ServiceException.validation(
                    "Update table operation with more than one type of replica actions not allowed.");
        }
        if (updates.size() > 1) {
            throw ServiceException.validation(
                    "Update table operation with more than one create or delete replica actions not allowed");
        }
        ReplicaUpdate update = updates.iterator().next();
        update.checkRegion(here, regions);
        return update;
    }

    private static void refuseOverrides(Struct action) {
        for (String override : List.of(
                "KMSMasterKeyId",
                "ProvisionedThroughputOverride",
                "OnDemandThroughputOverride",
                "GlobalSecondaryIndexes",
                "TableClassOverride")) {
            if (action.has(override)) {
                throw ServiceException.validation(
                        "Meridian does not serve UpdateTable with ReplicaUpdates and " + override + " yet");
            }
        }
    }

    private void checkRegion(String here, List<String> regions) {
        if (region.equals(here)) {
            throw localRegion();
        }
        if (!regions.contains(region)) {
            throw ServiceException.validation(
                    "Region " + region + " is not supported. The latest version of global tables are "
                            + "only supported in the following regions: " + regions);
        }
    }

    /**
     * What the request makes of a table that is not changing.
     *
     * @param namesTaken the names of the tables in the region that is to get a replica
     */
    List<CatalogueEvent> decide(TableState table, List<String> namesTaken, ServiceSettings service, long nowMillis) {
        return action == Action.CREATE
                ? add(table, namesTaken, service, nowMillis)
                : List.of(remove(table, service, nowMillis));
    }

    private List<CatalogueEvent> add(
            TableState table, List<String> namesTaken, ServiceSettings service, long nowMillis) {
        if (table.replicas().containsKey(region) || namesTaken.contains(table.name())) {
            throw alreadyThere(table);
        }
        if (!table.definition().onDemand() && !service.flag("provisioned-replicas")) {
            throw notScaled();
        }
        List<CatalogueEvent> events = new ArrayList<>();
        if (table.definition().streamView().isEmpty()) {
            events.add(new CatalogueEvent.TableRedefined(
                    table.globalId(), table.definition().withStreamView("NEW_AND_OLD_IMAGES")));
            events.add(new CatalogueEvent.StreamStarted(table.globalId(), "NEW_AND_OLD_IMAGES", nowMillis));
        }
        events.add(new CatalogueEvent.ReplicaRequested(
                table.globalId(), region, new Member.Origin(table.region(), nowMillis)));
        return events;
    }

    private CatalogueEvent remove(TableState table, ServiceSettings service, long nowMillis) {
        if (!table.replicas().containsKey(region)) {
            throw notMembers(List.of(region));
        }
        refuseSource(table, region, service, nowMillis);
        return new CatalogueEvent.ReplicaChanged(table.globalId(), region, Member.Phase.DELETING);
    }

    static ServiceException localRegion() {
        return ServiceException.validation(
                "Cannot add or delete the local region through ReplicaUpdates. Use CreateTable, "
                        + "DeleteTable, or UpdateTable as required.");
    }

    static ServiceException alreadyThere(TableState table) {
        return ServiceException.validation("Failed to create a the new replica of table with name: \u2018"
                + table.name() + "\u2019 because one or more replicas already existed as tables.");
    }

    static ServiceException notScaled() {
        return ServiceException.validation("Table write capacity should either be Pay-Per-Request or AutoScaled.");
    }

    static ServiceException notMembers(List<String> regions) {
        return ServiceException.validation("Update global table operation failed because one or more replicas were not "
                + "part of the global table. Please retry the request without these replicas: " + regions
                + ".");
    }

    /** A region that others were copied from lately may not lose its replica while they stand. */
    static void refuseSource(TableState table, String leaving, ServiceSettings service, long nowMillis) {
        long since = nowMillis - service.controlPlaneMillis(SOURCE_STAYS.toMillis());
        for (Map.Entry<String, Member> member : table.members().entrySet()) {
            Member.Origin origin = member.getValue().origin();
            if (member.getValue().isHere() && origin.source().equals(leaving) && origin.atMillis() > since) {
                throw ServiceException.validation(
                        "Replica cannot be deleted because it has acted as a source region for new replica(s) being "
                                + "added to the table in the last 24 hours.");
            }
        }
    }
}
