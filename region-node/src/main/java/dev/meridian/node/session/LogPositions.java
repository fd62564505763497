package dev.meridian.node.session;

import dev.meridian.replication.log.RowKeys;
import dev.meridian.storage.Direction;
import dev.meridian.storage.KeyRange;
import dev.meridian.storage.OrderedReader;
import java.nio.ByteBuffer;
import java.util.OptionalInt;
import java.util.function.Function;

/** How far logs have come here, durably. */
final class LogPositions {

    private final String region;
    private final Function<String, OptionalInt> tables;
    private final OrderedReader store;

    LogPositions(String region, Function<String, OptionalInt> tables, OrderedReader store) {
        this.region = region;
        this.tables = tables;
        this.store = store;
    }

    /** Whether a log's sequence is applied here. What was acknowledged here is, and what has no replica here is not asked for. */
    boolean holds(SessionToken.Log log, long sequence) {
        if (log.origin().equals(region)) {
            return true;
        }
        OptionalInt table = tables.apply(log.globalTable());
        return table.isEmpty() || checkpoint(table.getAsInt(), log.partition(), log.origin()) >= sequence;
    }

    /** This region's last own change in a partition. */
    long own(int table, int partition) {
        long[] last = {checkpoint(table, partition, region)};
        store.scan(
                KeyRange.prefix(RowKeys.changePrefix(table, partition, region)), Direction.DESCENDING, (key, value) -> {
                    last[0] = Math.max(last[0], RowKeys.sequenceIn(key));
                    return false;
                });
        return last[0];
    }

    private long checkpoint(int table, int partition, String origin) {
        byte[] row = store.get(RowKeys.checkpoint(table, partition, origin));
        return row == null ? 0 : ByteBuffer.wrap(row).getLong();
    }
}
