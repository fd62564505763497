package dev.meridian.node.strong;

import dev.meridian.node.catalogue.Catalogue;
import dev.meridian.node.catalogue.CatalogueState;
import dev.meridian.node.catalogue.StrongSettings;
import dev.meridian.node.catalogue.TableState;
import dev.meridian.table.definition.TableSchema;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The strongly consistent tables of a region, by the group that agrees on their items. Thread-safe. */
public final class StrongGroups {

    /**
     * A table and who agrees on it.
     *
     * @param acceptors the three regions that decide, a witness among them
     */
    record Group(String id, List<String> acceptors, TableSchema table) {}

    private volatile Map<String, Group> groups = Map.of();

    private StrongGroups() {}

    /** Those of the catalogue, as it changes. */
    public static StrongGroups of(Catalogue catalogue) {
        StrongGroups groups = new StrongGroups();
        groups.take(catalogue.state());
        catalogue.listen(groups::take);
        return groups;
    }

    /** One table and no other, where there is no catalogue. */
    public static StrongGroups only(TableSchema table, List<String> acceptors) {
        StrongGroups groups = new StrongGroups();
        groups.groups = Map.of(table.strongGroup(), new Group(table.strongGroup(), List.copyOf(acceptors), table));
        return groups;
    }

    private void take(CatalogueState state) {
        Map<String, Group> found = new HashMap<>();
        for (TableState table : state.tables().values()) {
            StrongSettings.of(table.settings())
                    .filter(strong -> table.status() != TableState.Status.DELETING)
                    .ifPresent(strong ->
                            found.put(strong.group(), new Group(strong.group(), strong.acceptors(), table.schema())));
        }
        groups = found;
    }

    Optional<Group> find(String id) {
        return Optional.ofNullable(groups.get(id));
    }

    List<Group> all() {
        return List.copyOf(groups.values());
    }
}
