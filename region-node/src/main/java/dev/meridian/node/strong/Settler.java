package dev.meridian.node.strong;

import dev.meridian.replication.consensus.AcceptorState;
import dev.meridian.replication.log.RowKeys;
import dev.meridian.replication.log.StampedImage;
import dev.meridian.storage.Direction;
import dev.meridian.storage.KeyRange;
import dev.meridian.storage.OrderedReader;
import dev.meridian.table.key.ItemKey;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Looks after what this region has accepted until it stands in the item's row. Mostly the change has arrived by the next look,
 * and the mark goes. Where it has not, whoever proposed it may be gone: then the item is read with the others, which
 * finishes what can be finished, and written here.
 */
final class Settler implements Runnable {

    private static final int ITEMS_MAX = 10_000;
    private static final int READS_MAX = 200;

    private final OrderedReader store;
    private final StrongGroups groups;
    private final Acceptor acceptor;
    private final StrongTables tables;
    private Set<ByteBuffer> waiting = new HashSet<>();

    Settler(OrderedReader store, StrongGroups groups, Acceptor acceptor, StrongTables tables) {
        this.store = store;
        this.groups = groups;
        this.acceptor = acceptor;
        this.tables = tables;
    }

    @Override
    public void run() {
        Set<ByteBuffer> still = new HashSet<>();
        for (StrongGroups.Group group : groups.all()) {
            byte[] prefix = RowKeys.unsettled(group.id(), new byte[0]);
            int[] left = {ITEMS_MAX};
            int[] reads = {READS_MAX};
            store.scan(KeyRange.prefix(prefix), Direction.ASCENDING, (row, value) -> {
                byte[] key = Arrays.copyOfRange(row, prefix.length, row.length);
                if (!isSettled(group, key)) {
                    ByteBuffer name = ByteBuffer.wrap(row);
                    still.add(name);
                    if (waiting.contains(name) && reads[0]-- > 0) {
                        tables.settle(group, new ItemKey(key));
                    }
                }
                return --left[0] > 0;
            });
        }
        waiting = still;
    }

    private boolean isSettled(StrongGroups.Group group, byte[] key) {
        byte[] row = store.get(RowKeys.acceptor(group.id(), key));
        if (row == null) {
            return true;
        }
        AcceptorState state = AcceptorState.decode(row);
        byte @Nullable [] accepted = state.value();
        byte[] item = store.get(RowKeys.item(group.table().number(), key));
        boolean stands = accepted == null
                || item != null
                        && StrongTables.isAsLate(
                                item, StampedImage.decode(accepted).stamp().version());
        if (stands) {
            acceptor.settled(group.id(), key, state);
        }
        return stands;
    }
}
