package dev.meridian.node.control;

import dev.meridian.node.catalogue.AccountSettings;
import dev.meridian.node.catalogue.CatalogueEvent;
import dev.meridian.node.catalogue.CatalogueState;
import dev.meridian.node.catalogue.Member;
import dev.meridian.node.catalogue.TableSettings;
import dev.meridian.node.catalogue.TableState;
import java.util.ArrayList;
import java.util.List;

/** What makes a table usable that was created in this region, with replicas where the run has new tables global. */
public final class NewTable {

    private NewTable() {}

    /** Whether the table was created here, rather than copied from another region, and cannot be used yet. */
    public static boolean isWaiting(TableState table) {
        return table.status() == TableState.Status.CREATING && table.members().isEmpty();
    }

    /** The changes, unless the table is gone or usable already. */
    public static List<CatalogueEvent> ready(
            CatalogueState state, String globalId, String region, List<String> replicas) {
        return state.byGlobalId(globalId)
                .filter(NewTable::isWaiting)
                .map(table -> ready(globalId, region, replicas(table.settings(), region, replicas)))
                .orElse(List.of());
    }

    /** Where a table with these settings is to stand: one that is told how settings are replicated waits for replicas of other accounts. */
    static List<String> replicas(TableSettings settings, String region, List<String> replicas) {
        return AccountSettings.mode(settings).equals(AccountSettings.WITH_OVERRIDES) ? replicas : List.of(region);
    }

    static List<CatalogueEvent> ready(String globalId, String region, List<String> replicas) {
        List<CatalogueEvent> events = new ArrayList<>();
        events.add(new CatalogueEvent.StatusChanged(globalId, TableState.Status.ACTIVE));
        replicas.stream()
                .filter(other -> !other.equals(region))
                .map(other -> new CatalogueEvent.ReplicaRequested(globalId, other, Member.Origin.FOUNDING))
                .forEach(events::add);
        return events;
    }
}
