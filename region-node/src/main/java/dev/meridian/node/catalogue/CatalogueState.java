package dev.meridian.node.catalogue;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * All tables of a region. Immutable.
 *
 * @param tables by global identifier, in the order they came
 * @param lastNumber the greatest table number ever given here
 * @param revision how many events have made this state
 */
public record CatalogueState(Map<String, TableState> tables, int lastNumber, long revision) {

    public static final CatalogueState EMPTY = new CatalogueState(Map.of(), 0, 0);

    /** The table of that name, if there is one. */
    public Optional<TableState> byName(String name) {
        return tables.values().stream()
                .filter(table -> table.name().equals(name))
                .findFirst();
    }

    /** The table with that global identifier, if it is here. */
    public Optional<TableState> byGlobalId(String globalId) {
        return Optional.ofNullable(tables.get(globalId));
    }

    /** The state after an event. */
    public CatalogueState apply(CatalogueEvent event) {
        Map<String, TableState> changed = new LinkedHashMap<>(tables);
        int number = lastNumber;
        if (event instanceof CatalogueEvent.TableCreated created) {
            number = Math.max(number, created.number());
            changed.put(
                    created.globalId(),
                    new TableState(
                            created.definition(),
                            created.globalId(),
                            created.number(),
                            created.id(),
                            created.arn(),
                            created.partitionCount(),
                            created.createdMillis(),
                            TableState.Status.CREATING,
                            Map.of()));
        } else if (event instanceof CatalogueEvent.TableDropped dropped) {
            changed.remove(dropped.globalId());
        } else {
            changed.computeIfPresent(event.globalId(), (id, table) -> apply(table, event));
        }
        return new CatalogueState(java.util.Collections.unmodifiableMap(changed), number, revision + 1);
    }

    private static TableState apply(TableState table, CatalogueEvent event) {
        if (event instanceof CatalogueEvent.StatusChanged changed) {
            return table.withStatus(changed.status());
        } else if (event instanceof CatalogueEvent.TableRedefined redefined) {
            return table.withDefinition(redefined.definition());
        } else if (event instanceof CatalogueEvent.ReplicaChanged changed) {
            return table.withReplica(changed.region(), changed.status());
        } else if (event instanceof CatalogueEvent.ReplicaRemoved removed) {
            return table.withoutReplica(removed.region());
        }
        return table;
    }
}
