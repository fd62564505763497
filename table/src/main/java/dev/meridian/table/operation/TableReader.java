package dev.meridian.table.operation;

import dev.meridian.table.key.ItemKey;
import dev.meridian.table.value.Item;
import org.jspecify.annotations.Nullable;

/** The rows of one table and its indexes. */
public interface TableReader {

    /** The item with that key, or null. */
    @Nullable
    Item get(ItemKey key);

    /**
     * Visits rows in key order, ascending or descending, until the visitor has had enough.
     *
     * @param index the number of the index in the table's schema, or {@link #TABLE} for the table itself
     * @param from the first key, inclusive
     * @param to the first key past the range, or null for no end
     */
    void scan(int index, byte[] from, byte @Nullable [] to, boolean ascending, Visitor visitor);

    /** The table itself, as an index number. */
    int TABLE = 0;

    /** Receives rows: the row's key within the table or index, and the (projected) item. */
    @FunctionalInterface
    interface Visitor {

        /** Returns whether to go on. */
        boolean visit(byte[] rowKey, Item item);
    }
}
