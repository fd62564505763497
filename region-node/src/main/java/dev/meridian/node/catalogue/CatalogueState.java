package dev.meridian.node.catalogue;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * All tables of a region. Immutable.
 *
 * @param tables by global identifier, in the order they came
 * @param departed global tables this region holds no more, until all others know
 * @param streaming tables that are gone but for streams that may still be read, by number
 * @param lastNumber the greatest table number ever given here
 * @param revision how many events have made this state
 */
public record CatalogueState(
        Map<String, TableState> tables,
        Map<String, Departure> departed,
        Map<Integer, TableState> streaming,
        int lastNumber,
        long revision) {

    /**
     * That this region has left a table.
     *
     * @param epoch the epoch it left in
     * @param revision the catalogue's revision from which on it had left
     */
    public record Departure(long epoch, long revision) {}

    public static final CatalogueState EMPTY = new CatalogueState(Map.of(), Map.of(), Map.of(), 0, 0);

    public CatalogueState {
        tables = Collections.unmodifiableMap(new LinkedHashMap<>(tables));
        departed = Collections.unmodifiableMap(new LinkedHashMap<>(departed));
        streaming = Collections.unmodifiableMap(new LinkedHashMap<>(streaming));
    }

    /** An account's table of that name, if there is one. */
    public Optional<TableState> byName(String account, String name) {
        return tables.values().stream()
                .filter(table -> table.name().equals(name) && table.account().equals(account))
                .findFirst();
    }

    /** The table that regions call so among themselves, if it is here. */
    public Optional<TableState> byCommonName(String commonName) {
        return tables.values().stream()
                .filter(table -> table.commonName().equals(commonName))
                .findFirst();
    }

    /** The table of that ARN, if there is one. */
    public Optional<TableState> byArn(String arn) {
        return tables.values().stream().filter(table -> table.arn().equals(arn)).findFirst();
    }

    /** The table with that global identifier, if it is here. */
    public Optional<TableState> byGlobalId(String globalId) {
        return Optional.ofNullable(tables.get(globalId));
    }

    /** The tables with streams that may be read, those that are gone among them. */
    public List<TableState> withStreams() {
        return Stream.concat(tables.values().stream(), streaming.values().stream())
                .filter(table -> !table.here().streams().isEmpty())
                .toList();
    }

    /** The state after an event. */
    public CatalogueState apply(CatalogueEvent event) {
        Map<String, TableState> changed = new LinkedHashMap<>(tables);
        Map<String, Departure> left = new LinkedHashMap<>(departed);
        Map<Integer, TableState> read = new LinkedHashMap<>(streaming);
        int number = lastNumber;
        if (event instanceof CatalogueEvent.TableCreated created) {
            number = Math.max(number, created.number());
            changed.put(created.globalId(), table(created));
            left.remove(created.globalId());
        } else if (event instanceof CatalogueEvent.TableDropped) {
            TableState dropped = changed.remove(event.globalId());
            if (dropped != null && dropped.members().size() > 1) {
                left.put(event.globalId(), new Departure(dropped.epoch(dropped.region()), revision + 1));
            }
            if (dropped != null
                    && dropped.stream().isEmpty()
                    && !dropped.here().streams().isEmpty()) {
                read.put(dropped.number(), dropped);
            }
        } else if (event instanceof CatalogueEvent.TableDetached detached) {
            TableState table = changed.remove(event.globalId());
            if (table != null) {
                changed.put(detached.newId(), table.detachedAs(detached.newId()));
                left.put(event.globalId(), new Departure(table.incarnation(), revision + 1));
            }
        } else if (event instanceof CatalogueEvent.DepartureForgotten) {
            left.remove(event.globalId());
        } else if (event instanceof CatalogueEvent.TableForgotten forgotten) {
            read.remove(forgotten.number());
        } else {
            changed.computeIfPresent(event.globalId(), (id, table) -> apply(table, event));
        }
        return new CatalogueState(changed, left, read, number, revision + 1);
    }

    private static TableState table(CatalogueEvent.TableCreated created) {
        return new TableState(
                created.definition(),
                created.globalId(),
                created.number(),
                created.id(),
                created.arn(),
                created.partitionCount(),
                created.createdMillis(),
                TableState.Status.CREATING,
                Map.of(),
                TableSettings.NONE,
                SettingsRevision.FIRST,
                RegionalState.of(created.definition()));
    }

    private static TableState apply(TableState table, CatalogueEvent event) {
        if (event instanceof CatalogueEvent.StatusChanged changed) {
            return table.withStatus(changed.status());
        } else if (event instanceof CatalogueEvent.TableRedefined redefined) {
            return table.withDefinition(redefined.definition());
        } else if (event instanceof CatalogueEvent.SettingsChanged changed) {
            return table.withSettings(changed.settings());
        } else if (event instanceof CatalogueEvent.SettingsHeard heard) {
            return table.adopting(heard.definition(), heard.settings(), heard.revision());
        } else if (event instanceof CatalogueEvent.TableTagged tagged) {
            return table.withTags(tagged.tags());
        } else if (event instanceof CatalogueEvent.IndexFilled filled) {
            return table.withRegional(table.here().filled(filled.index()));
        } else if (event instanceof CatalogueEvent.IndexRemoved removed) {
            return table.withRegional(table.here().removed(removed.index()).following(table.definition()));
        } else if (event instanceof CatalogueEvent.StreamStarted started) {
            return table.withRegional(table.here().streamStarted(started.view(), started.atMillis()));
        } else if (event instanceof CatalogueEvent.StreamEnded ended) {
            return table.withRegional(table.here().streamEnded(ended.atMillis()));
        } else if (event instanceof CatalogueEvent.StreamForgotten forgotten) {
            return table.withRegional(table.here().streamForgotten(forgotten.number()));
        } else if (event instanceof CatalogueEvent.ReplicaRequested requested) {
            return table.withNewReplica(requested.region(), requested.origin());
        } else if (event instanceof CatalogueEvent.ReplicaChanged changed) {
            return table.withReplica(changed.region(), changed.phase());
        } else if (event instanceof CatalogueEvent.MembersHeard heard) {
            return table.withMembers(heard.members());
        }
        return table;
    }
}
