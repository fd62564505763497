package dev.meridian.node.inspection;

import dev.meridian.conflict.HybridTimestamp;
import dev.meridian.node.settings.ServiceSettings;
import dev.meridian.replication.log.Conflict;
import dev.meridian.replication.log.RowKeys;
import dev.meridian.storage.Direction;
import dev.meridian.storage.KeyRange;
import dev.meridian.storage.OrderedStore;
import dev.meridian.storage.WriteBatch;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** The conflicts a region has seen: writes that lost to one they did not know. Kept on disk up to a number. Thread-safe. */
public final class ConflictLog implements Runnable {

    private static final KeyRange ALL = KeyRange.prefix(new byte[] {RowKeys.CONFLICT});
    private static final int BATCH_MAX = 2_000;

    private final OrderedStore store;
    private final long kept;

    public ConflictLog(OrderedStore store, ServiceSettings service) {
        this.store = store;
        this.kept = Math.round(service.number("conflicts-kept"));
    }

    /**
     * Which conflicts.
     *
     * @param key the item's key bytes in hexadecimal
     * @param region where the winner or the loser was written
     * @param fromMillis detected at or after
     * @param toMillis detected before
     */
    public record Query(
            Optional<String> table,
            Optional<String> key,
            Optional<String> region,
            long fromMillis,
            long toMillis,
            int limit) {

        /** Whether there is any of the table. */
        Query ofTable() {
            return new Query(table, Optional.empty(), Optional.empty(), 0, Long.MAX_VALUE, 1);
        }

        private boolean wants(Conflict conflict) {
            return table.filter(name -> !name.equals(conflict.table())).isEmpty()
                    && key.filter(hex -> !hex.equals(HexFormat.of().formatHex(conflict.key())))
                            .isEmpty()
                    && region.filter(name -> !isOf(conflict, name)).isEmpty();
        }

        private static boolean isOf(Conflict conflict, String region) {
            return conflict.winner().stamp().version().region().equals(region)
                    || conflict.loser().stamp().version().region().equals(region);
        }
    }

    /** The conflicts asked for, newest first. */
    public List<Conflict> find(Query query) {
        List<Conflict> found = new ArrayList<>();
        if (query.limit() <= 0 || query.fromMillis() >= query.toMillis()) {
            return found;
        }
        KeyRange range = new KeyRange(
                RowKeys.conflict(timestamp(query.fromMillis()), 0), RowKeys.conflict(timestamp(query.toMillis()), 0));
        store.scan(range, Direction.DESCENDING, (key, value) -> {
            Conflict conflict = Conflict.decode(value);
            if (query.wants(conflict)) {
                found.add(conflict);
            }
            return found.size() < query.limit();
        });
        return found;
    }

    private static long timestamp(long millis) {
        long bounded = Math.max(0, Math.min(millis, HybridTimestamp.millis(Long.MAX_VALUE)));
        return HybridTimestamp.of(bounded, 0);
    }

    /** How many there may be: the oldest are removed where there are more. */
    public long kept() {
        return kept;
    }

    /** How many there are. */
    public long count() {
        long[] count = {0};
        store.scan(ALL, Direction.ASCENDING, (key, value) -> {
            count[0]++;
            return true;
        });
        return count[0];
    }

    /** Removes the oldest that are too many. */
    @Override
    public void run() {
        long surplus = count() - kept;
        while (surplus > 0) {
            WriteBatch batch = new WriteBatch();
            long most = Math.min(surplus, BATCH_MAX);
            store.scan(ALL, Direction.ASCENDING, (key, value) -> {
                batch.delete(key);
                return batch.operations().size() < most;
            });
            store.commit(batch).toCompletableFuture().join();
            surplus -= most;
        }
    }
}
