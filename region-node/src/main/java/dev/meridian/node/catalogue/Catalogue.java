package dev.meridian.node.catalogue;

import dev.meridian.table.definition.TableLookup;
import dev.meridian.table.definition.TableSchema;
import dev.meridian.table.model.ServiceException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** The catalogue as everybody reads it: a picture of the last state, exchanged whole. Thread-safe, never waits. */
public final class Catalogue implements TableLookup {

    private volatile CatalogueState state = CatalogueState.EMPTY;
    private volatile Map<String, TableSchema> usable = Map.of();
    private final List<Consumer<CatalogueState>> listeners = new CopyOnWriteArrayList<>();

    public CatalogueState state() {
        return state;
    }

    /** Calls the listener after every change, in order, on the thread of the change; it must not block. */
    public void listen(Consumer<CatalogueState> listener) {
        listeners.add(listener);
    }

    @Override
    public TableSchema find(String nameOrArn) {
        TableSchema table = usable.get(nameOrArn);
        if (table == null) {
            throw ServiceException.dynamodb("ResourceNotFoundException", "Requested resource not found");
        }
        return table;
    }

    void publish(CatalogueState newState) {
        Map<String, TableSchema> tables = new HashMap<>();
        for (TableState table : newState.tables().values()) {
            if (table.status() == TableState.Status.ACTIVE) {
                TableSchema schema = table.schema();
                tables.put(table.name(), schema);
                tables.put(table.arn(), schema);
            }
        }
        usable = tables;
        state = newState;
        listeners.forEach(listener -> listener.accept(newState));
    }
}
