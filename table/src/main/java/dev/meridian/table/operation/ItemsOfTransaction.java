package dev.meridian.table.operation;

import dev.meridian.table.definition.TableSchema;
import dev.meridian.table.key.ItemKey;
import dev.meridian.table.model.ServiceException;
import java.util.HashSet;
import java.util.Set;

/** The items that a transaction has named so far; none may be named twice. */
final class ItemsOfTransaction {

    private record Named(int table, ItemKey key) {}

    private final Set<Named> named = new HashSet<>();

    void add(TableSchema table, ItemKey key) {
        if (!named.add(new Named(table.number(), key))) {
            throw ServiceException.validation("Transaction request cannot include multiple operations on one item");
        }
    }
}
