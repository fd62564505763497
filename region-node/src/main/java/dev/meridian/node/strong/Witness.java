package dev.meridian.node.strong;

import dev.meridian.replication.log.RowKeys;
import dev.meridian.storage.OrderedStore;
import dev.meridian.storage.WriteBatch;
import java.util.concurrent.CompletionStage;

/**
 * The tables that this region witnesses without holding them: a row of the store each. What regions have accepted for their
 * items lies here too, and is served to nobody but them. Thread-safe.
 */
final class Witness {

    private final OrderedStore store;

    Witness(OrderedStore store) {
        this.store = store;
    }

    boolean attends(String group) {
        return store.get(RowKeys.witnessed(group)) != null;
    }

    /** From the completion on the region agrees on that table's items. */
    CompletionStage<Void> attend(String group) {
        return store.commit(new WriteBatch().put(RowKeys.witnessed(group), new byte[0]));
    }

    /** From the completion on it no longer does. */
    CompletionStage<Void> leave(String group) {
        return store.commit(new WriteBatch().delete(RowKeys.witnessed(group)));
    }
}
