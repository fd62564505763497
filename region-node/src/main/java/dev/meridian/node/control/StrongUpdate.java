package dev.meridian.node.control;

import dev.meridian.node.catalogue.AccountSettings;
import dev.meridian.node.catalogue.CatalogueEvent;
import dev.meridian.node.catalogue.Member;
import dev.meridian.node.catalogue.StrongSettings;
import dev.meridian.node.catalogue.TableSettings;
import dev.meridian.node.catalogue.TableState;
import dev.meridian.node.settings.ServiceSettings;
import dev.meridian.table.definition.IndexDefinition;
import dev.meridian.table.model.ServiceException;
import dev.meridian.table.model.Struct;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * UpdateTable that makes a table strongly consistent over three regions, or takes that apart; both whole, in one call. Rules and
 * texts are those of the live service where they are known; docs/global-tables.md lists them.
 *
 * @param consistency what the request says of it, or null
 */
record StrongUpdate(
        List<String> created,
        List<String> deleted,
        List<String> witnessesCreated,
        List<String> witnessesDeleted,
        @Nullable String consistency) {

    private static final int OTHERS = 2;
    private static final String SET_TO_STRONG = "global tables with MultiRegionConsistency set to STRONG";

    static StrongUpdate parse(Struct request, String here, List<String> regions) {
        String consistency = request.text("MultiRegionConsistency");
        StrongUpdate update = new StrongUpdate(
                regions(request, "ReplicaUpdates", "Create"),
                regions(request, "ReplicaUpdates", "Delete"),
                regions(request, "GlobalTableWitnessUpdates", "Create"),
                regions(request, "GlobalTableWitnessUpdates", "Delete"),
                consistency);
        boolean isStrong = "STRONG".equals(consistency);
        if (!update.witnessesCreated.isEmpty() && !isStrong) {
            throw ServiceException.validation(
                    "MultiRegionConsistency must be set as STRONG when GlobalTableWitnessUpdates parameter is present.");
        }
        if (isStrong) {
            update.checkCreation(here, regions);
        }
        return update;
    }

    private static List<String> regions(Struct request, String member, String action) {
        Set<String> named = new LinkedHashSet<>();
        if (request.has(member)) {
            for (Struct update : request.structs(member)) {
                Struct found = update.struct(action);
                if (found != null) {
                    named.add(found.requiredText("RegionName"));
                }
            }
        }
        return List.copyOf(named);
    }

    private void checkCreation(String here, List<String> regions) {
        if (!deleted.isEmpty() || !witnessesDeleted.isEmpty()) {
            throw ServiceException.validation(
                    "Only Replica Create actions are supported when MultiRegionConsistency parameter is provided.");
        }
        if (created.contains(here)) {
            throw ReplicaUpdate.localRegion();
        }
        if (created.stream().anyMatch(witnessesCreated::contains)) {
            throw ServiceException.validation("Cannot target multiple regions with the same action");
        }
        if (witnessesCreated.contains(here)) {
            throw ServiceException.validation("Cannot add a witness in the same region as an existing replica when "
                    + "creating a global table with MultiRegionConsistency set to STRONG.");
        }
        if (created.isEmpty() || created.size() + witnessesCreated.size() != OTHERS) {
            throw ServiceException.validation("Unsupported replica count for " + SET_TO_STRONG + ".");
        }
        List<String> unknown = new ArrayList<>(created);
        unknown.addAll(witnessesCreated);
        unknown.removeAll(regions);
        if (!unknown.isEmpty()) {
            throw ServiceException.validation(
                    "Unsupported Region(s) specified for " + SET_TO_STRONG + ": " + unknown + ".");
        }
    }

    /** Whether the request takes a strongly consistent table apart. */
    boolean isEnd() {
        return !deleted.isEmpty();
    }

    /**
     * What the request makes of a table that is not changing.
     *
     * @param namesTaken the names of the tables in the regions that are to get replicas
     * @param isEmpty whether the table holds nothing
     * @param group a new identifier
     */
    List<CatalogueEvent> decide(
            TableState table,
            List<String> namesTaken,
            boolean isEmpty,
            String group,
            ServiceSettings service,
            long nowMillis) {
        boolean isStrong = StrongSettings.of(table.settings()).isPresent();
        if (consistency != null && !table.replicas().isEmpty()) {
            throw ServiceException.validation(
                    "MultiRegionConsistency parameter is unsupported on existing global table");
        }
        if (isStrong) {
            return end(table);
        }
        if (consistency == null) {
            throw ServiceException.validation("Update global table operation failed because one or more witnesses were "
                    + "not part of the global table. Please retry the request without these witnesses: "
                    + witnessesDeleted + ".");
        }
        return begin(table, namesTaken, isEmpty, group, service, nowMillis);
    }

    private List<CatalogueEvent> begin(
            TableState table,
            List<String> namesTaken,
            boolean isEmpty,
            String group,
            ServiceSettings service,
            long nowMillis) {
        if (namesTaken.contains(AccountSettings.qualified(table.account(), table.name()))) {
            throw ReplicaUpdate.alreadyThere(table);
        }
        if (!table.definition().onDemand() && !service.flag("provisioned-replicas")) {
            throw ReplicaUpdate.notScaled();
        }
        if (!isEmpty) {
            throw ServiceException.validation("Table must be empty to become one of the " + SET_TO_STRONG);
        }
        if (table.definition().indexes().stream().anyMatch(IndexDefinition::local)) {
            throw ServiceException.validation("Local secondary indexes are not supported for " + SET_TO_STRONG);
        }
        if (table.settings().get(TableSettings.TIME_TO_LIVE).isPresent()) {
            throw ServiceException.validation("Time to live is not supported for " + SET_TO_STRONG);
        }
        List<String> acceptors = new ArrayList<>(List.of(table.region()));
        acceptors.addAll(created);
        acceptors.addAll(witnessesCreated);
        Optional<String> witness = witnessesCreated.stream().findFirst();
        List<CatalogueEvent> events = new ArrayList<>();
        events.add(new CatalogueEvent.SettingsChanged(
                table.globalId(), StrongSettings.made(table.settings(), group, acceptors, witness)));
        for (String region : created) {
            events.add(new CatalogueEvent.ReplicaRequested(
                    table.globalId(), region, new Member.Origin(table.region(), nowMillis)));
        }
        return events;
    }

    private List<CatalogueEvent> end(TableState table) {
        if (!created.isEmpty()) {
            throw ServiceException.validation(
                    "Cannot add replicas to a global table with strong MultiRegionConsistency");
        }
        String witness = StrongSettings.witness(table.settings())
                .map(StrongSettings.WitnessState::region)
                .orElse(null);
        List<String> strangers = new ArrayList<>(deleted);
        strangers.removeAll(table.replicas().keySet());
        if (!strangers.isEmpty()) {
            throw ReplicaUpdate.notMembers(strangers);
        }
        List<String> unknown = witnessesDeleted.stream()
                .filter(region -> !Objects.equals(region, witness))
                .toList();
        if (!unknown.isEmpty()) {
            throw ServiceException.validation("Update global table operation failed because one or more witnesses were "
                    + "not part of the global table. Please retry the request without these witnesses: " + unknown
                    + ".");
        }
        if (witness != null && witnessesDeleted.isEmpty()) {
            throw ServiceException.validation("Update table delete operation does not include all witnesses.");
        }
        if (!deleted.containsAll(table.replicas().keySet())) {
            throw onlyOne();
        }
        List<CatalogueEvent> events = new ArrayList<>();
        for (String region : deleted) {
            events.add(new CatalogueEvent.ReplicaChanged(table.globalId(), region, Member.Phase.DELETING));
        }
        events.add(new CatalogueEvent.SettingsChanged(table.globalId(), StrongSettings.undone(table.settings())));
        return events;
    }

    static ServiceException onlyOne() {
        return ServiceException.validation(
                "Deletion of only one table replica is not supported for " + SET_TO_STRONG + ".");
    }
}
