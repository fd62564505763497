package dev.meridian.node.strong;

import dev.meridian.replication.log.RowKeys;
import dev.meridian.storage.Direction;
import dev.meridian.storage.KeyRange;
import dev.meridian.storage.OrderedStore;
import dev.meridian.storage.WriteBatch;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Removes what was accepted for tables that this region no longer agrees on. */
final class GroupSweep implements Runnable {

    private static final int ROWS_MAX = 5_000;

    private final OrderedStore store;
    private final StrongGroups groups;
    private final Witness witness;

    GroupSweep(OrderedStore store, StrongGroups groups, Witness witness) {
        this.store = store;
        this.groups = groups;
        this.witness = witness;
    }

    @Override
    public void run() {
        for (byte kind : List.of(RowKeys.ACCEPTOR, RowKeys.UNSETTLED)) {
            sweep(kind, new byte[] {kind});
        }
    }

    private void sweep(byte kind, byte[] from) {
        String group = firstGroup(from, new byte[] {(byte) (kind + 1)});
        if (group == null) {
            return;
        }
        byte[] prefix =
                kind == RowKeys.ACCEPTOR ? RowKeys.acceptor(group, new byte[0]) : RowKeys.unsettled(group, new byte[0]);
        if (groups.find(group).isEmpty() && !witness.attends(group)) {
            remove(prefix);
        }
        byte[] next = KeyRange.successorOfPrefix(prefix);
        if (next != null) {
            sweep(kind, next);
        }
    }

    private @Nullable String firstGroup(byte[] from, byte[] end) {
        String[] found = new String[1];
        store.scan(new KeyRange(from, end), Direction.ASCENDING, (row, value) -> {
            found[0] = RowKeys.groupIn(row);
            return false;
        });
        return found[0];
    }

    private void remove(byte[] prefix) {
        WriteBatch batch = new WriteBatch();
        store.scan(KeyRange.prefix(prefix), Direction.ASCENDING, (row, value) -> {
            batch.delete(row);
            return batch.operations().size() < ROWS_MAX;
        });
        store.commit(batch);
    }
}
