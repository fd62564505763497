package dev.meridian.node.partition;

import dev.meridian.storage.OrderedReader;
import dev.meridian.table.capacity.Allowance;
import dev.meridian.table.definition.TableSchema;
import dev.meridian.table.operation.Plan;
import dev.meridian.table.operation.TableReader;

/** Opens tables of a store for reading. Thread-safe. */
public final class StoreReaders implements Plan.Readers {

    private final OrderedReader store;
    private final Allowance allowance;

    public StoreReaders(OrderedReader store, Allowance allowance) {
        this.store = store;
        this.allowance = allowance;
    }

    /** Reads from the store as it was at one instant. */
    public StoreReaders at(OrderedReader instant) {
        return new StoreReaders(instant, allowance);
    }

    @Override
    public TableReader open(TableSchema table) {
        return new StoreTableReader(store, table.number());
    }

    @Override
    public Allowance allowance() {
        return allowance;
    }
}
