package dev.meridian.node.strong;

import dev.meridian.replication.log.RowKeys;
import dev.meridian.storage.OrderedStore;
import dev.meridian.storage.WriteBatch;
import java.util.concurrent.CompletionStage;

/**
 * Whether this region still knows what it has promised and accepted. A store that was found damaged has lost some of it, nobody
 * can say what; until that is made good the region has no say. The loss is noted in the store before it counts as whole
 * again. Thread-safe.
 */
final class Memory {

    private static final byte[] LOST = RowKeys.forgotten();

    private final OrderedStore store;
    private volatile boolean isLost;

    Memory(OrderedStore store) {
        this.store = store;
        this.isLost = store.damage().isPresent() || store.get(LOST) != null;
    }

    boolean isLost() {
        return isLost;
    }

    /** Whether the store counts as whole again, so that what was lost can be asked for. */
    boolean canBeRegained() {
        return isLost && store.get(LOST) != null;
    }

    /** Notes the loss, so that it is known after another start. */
    CompletionStage<Void> note() {
        return store.commit(new WriteBatch().put(LOST, new byte[0]));
    }

    /** Everything is known again. */
    void regained() {
        isLost = false;
        store.commit(new WriteBatch().delete(LOST));
    }
}
