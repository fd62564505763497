package dev.meridian.node.control;

import dev.meridian.node.catalogue.AccountSettings;
import dev.meridian.node.catalogue.CatalogueEvent;
import dev.meridian.node.catalogue.Member;
import dev.meridian.node.catalogue.OverrideSettings;
import dev.meridian.node.catalogue.TableSettings;
import dev.meridian.node.catalogue.TableState;
import dev.meridian.node.settings.ServiceSettings;
import dev.meridian.table.definition.ReplicaOverrides;
import dev.meridian.table.definition.ReplicaOverridesRequest;
import dev.meridian.table.model.ServiceException;
import dev.meridian.table.model.Struct;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One replica added, removed or set apart by UpdateTable. Rules and texts are those of the live service, version 2019.11.21;
 * docs/global-tables.md lists them.
 *
 * @param region the region whose replica it is
 * @param overrides what is to be set for it alone
 */
record ReplicaUpdate(Action action, String region, ReplicaOverrides overrides) {

    /** What happens to the replica. */
    enum Action {
        CREATE,
        UPDATE,
        DELETE
    }

    private static final Duration SOURCE_STAYS = Duration.ofHours(24);
    private static final String NO_ACTION =
            "There are no actions specified in the Replica Update Action of the request.";

    /** Reads {@code ReplicaUpdates}: one Create or Delete, or Updates. */
    static List<ReplicaUpdate> parse(Struct request, String here, List<String> regions) {
        Set<ReplicaUpdate> updates = new LinkedHashSet<>();
        for (Struct update : request.structs("ReplicaUpdates")) {
            Struct create = update.struct("Create");
            Struct change = update.struct("Update");
            Struct delete = update.struct("Delete");
            if (create != null) {
                updates.add(of(Action.CREATE, create));
            }
            if (change != null) {
                ReplicaUpdate changed = of(Action.UPDATE, change);
                if (changed.overrides.equals(ReplicaOverrides.NONE)) {
                    throw ServiceException.validation(NO_ACTION);
                }
                updates.add(changed);
            }
            if (delete != null) {
                updates.add(new ReplicaUpdate(Action.DELETE, delete.requiredText("RegionName"), ReplicaOverrides.NONE));
            }
        }
        if (updates.isEmpty()) {
            throw ServiceException.validation(NO_ACTION);
        }
        if (updates.stream().map(ReplicaUpdate::action).distinct().count() > 1) {
            throw ServiceException.validation(
                    "Update table operation with more than one type of replica actions not allowed.");
        }
        if (updates.size() > 1 && updates.iterator().next().action != Action.UPDATE) {
            throw ServiceException.validation(
                    "Update table operation with more than one create or delete replica actions not allowed");
        }
        updates.forEach(update -> update.checkRegion(here, regions));
        return List.copyOf(updates);
    }

    /** Whether the request does nothing but set replicas apart. */
    static boolean isOfOverrides(Struct request) {
        List<Struct> updates = request.structs("ReplicaUpdates");
        return !updates.isEmpty() && updates.stream().allMatch(update -> update.has("Update"));
    }

    private static ReplicaUpdate of(Action action, Struct struct) {
        if (struct.has("KMSMasterKeyId")) {
            throw ServiceException.validation("Meridian does not serve UpdateTable with ReplicaUpdates and "
                    + "KMSMasterKeyId: there are no keys to encrypt with");
        }
        return new ReplicaUpdate(action, struct.requiredText("RegionName"), ReplicaOverridesRequest.of(struct));
    }

    private void checkRegion(String here, List<String> regions) {
        if (region.isEmpty()) {
            throw new ServiceException(
                    "com.amazon.coral.service#AccessDeniedException",
                    400,
                    "User is not authorized to perform this operation: RegionName of the replica is empty",
                    Map.of());
        }
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
     * What the updates of a request make of a table that is not changing.
     *
     * @param namesTaken the names of the tables in the region that is to get a replica
     */
    static List<CatalogueEvent> decide(
            List<ReplicaUpdate> updates,
            TableState table,
            List<String> namesTaken,
            ServiceSettings service,
            long nowMillis) {
        ReplicaUpdate first = updates.get(0);
        return switch (first.action) {
            case CREATE -> first.add(table, namesTaken, service, nowMillis);
            case UPDATE -> List.of(setApart(updates, table));
            case DELETE -> List.of(first.remove(table, service, nowMillis));
        };
    }

    private static CatalogueEvent setApart(List<ReplicaUpdate> updates, TableState table) {
        List<String> strangers = updates.stream()
                .map(ReplicaUpdate::region)
                .filter(region -> !table.replicas().containsKey(region))
                .toList();
        if (!strangers.isEmpty()) {
            throw notMembers(strangers);
        }
        TableSettings settings = table.settings();
        for (ReplicaUpdate update : updates) {
            ReplicaOverridesRequest.check(update.overrides, table.definition());
            ReplicaOverrides earlier = OverrideSettings.of(settings, update.region);
            settings = OverrideSettings.with(settings, update.region, update.overrides.over(earlier));
        }
        return new CatalogueEvent.SettingsChanged(table.globalId(), settings);
    }

    private List<CatalogueEvent> add(
            TableState table, List<String> namesTaken, ServiceSettings service, long nowMillis) {
        if (table.replicas().containsKey(region)
                || namesTaken.contains(AccountSettings.qualified(table.account(), table.name()))) {
            throw alreadyThere(table);
        }
        if (!table.definition().onDemand() && !service.flag("provisioned-replicas")) {
            throw notScaled();
        }
        ReplicaOverridesRequest.check(overrides, table.definition());
        List<CatalogueEvent> events = new ArrayList<>();
        TableSettings settings = SettingsMode.ofOneAccount(table, region);
        settings = OverrideSettings.with(settings, region, overrides);
        if (!settings.equals(table.settings())) {
            events.add(new CatalogueEvent.SettingsChanged(table.globalId(), settings));
        }
        if (table.definition().streamView().isEmpty()) {
            events.addAll(streamed(table, nowMillis));
        }
        events.add(new CatalogueEvent.ReplicaRequested(
                table.globalId(), region, new Member.Origin(table.region(), nowMillis)));
        return events;
    }

    /** A global table has a stream. */
    static List<CatalogueEvent> streamed(TableState table, long nowMillis) {
        return List.of(
                new CatalogueEvent.TableRedefined(
                        table.globalId(), table.definition().withStreamView("NEW_AND_OLD_IMAGES")),
                new CatalogueEvent.StreamStarted(table.globalId(), "NEW_AND_OLD_IMAGES", nowMillis));
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
