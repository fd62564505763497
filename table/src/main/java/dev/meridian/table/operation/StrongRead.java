package dev.meridian.table.operation;

import dev.meridian.table.definition.TableSchema;
import dev.meridian.table.key.ItemKey;
import dev.meridian.table.model.ServiceException;
import org.jspecify.annotations.Nullable;

/** What must be as it is in the latest of all regions before a read of a strongly consistent table runs. */
public sealed interface StrongRead {

    TableSchema table();

    /** What transactions on such tables are told. */
    static ServiceException noTransactions() {
        return ServiceException.validation(
                "Transactions are not supported for global tables with MultiRegionConsistency set to STRONG");
    }

    /** One item. */
    record OfItem(TableSchema table, ItemKey key) implements StrongRead {}

    /**
     * All items of a range of the table.
     *
     * @param from the first row key
     * @param to the first row key past the range; null: none
     */
    record OfRange(TableSchema table, byte[] from, byte @Nullable [] to) implements StrongRead {}
}
