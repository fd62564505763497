package dev.meridian.node.strong;

import dev.meridian.node.catalogue.Catalogue;
import dev.meridian.node.catalogue.CatalogueState;
import dev.meridian.node.catalogue.StrongSettings;
import dev.meridian.node.catalogue.TableState;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The strongly consistent tables of the catalogue, by the group that agrees on their items. Thread-safe. */
final class StrongGroups {

    /**
     * A table and who agrees on it.
     *
     * @param acceptors the three regions that decide, a witness among them
     */
    record Group(String id, List<String> acceptors, TableState table) {}

    private volatile Map<String, Group> groups = Map.of();

    StrongGroups(Catalogue catalogue) {
        take(catalogue.state());
        catalogue.listen(this::take);
    }

    private void take(CatalogueState state) {
        Map<String, Group> found = new HashMap<>();
        for (TableState table : state.tables().values()) {
            StrongSettings.of(table.settings())
                    .filter(strong -> table.status() != TableState.Status.DELETING)
                    .ifPresent(
                            strong -> found.put(strong.group(), new Group(strong.group(), strong.acceptors(), table)));
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
