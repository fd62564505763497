package dev.meridian.node.replication;

import dev.meridian.node.catalogue.TableState;
import dev.meridian.replication.link.CopyPage;
import dev.meridian.replication.link.DigestPage;
import dev.meridian.replication.log.ChangeRecord;
import dev.meridian.replication.log.RowKeys;
import dev.meridian.replication.log.StampedImage;
import dev.meridian.storage.Direction;
import dev.meridian.storage.KeyRange;
import dev.meridian.storage.OrderedReader;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Serves pages of a table's rows to a peer that copies it. */
public final class CopyServer {

    private static final int PAGE_BYTES_MAX = 1 << 20;

    /**
     * A table as it is copied.
     *
     * @param origins the regions whose logs it may hold changes of
     */
    public record Table(int number, int partitionCount, Set<String> origins) {

        static Table of(TableState table) {
            return new Table(
                    table.number(), table.partitionCount(), table.members().keySet());
        }
    }

    private final String region;
    private final OrderedReader store;
    private final int pageBytes;

    CopyServer(String region, OrderedReader store) {
        this(region, store, PAGE_BYTES_MAX);
    }

    /** {@code pageBytes} is about how large a page gets. */
    public CopyServer(String region, OrderedReader store, int pageBytes) {
        this.region = region;
        this.store = store;
        this.pageBytes = pageBytes;
    }

    DigestPage digests(Table table) {
        List<CopyPage.Position> positions = positions(table);
        return new DigestPage(positions, TableDigests.of(store, table.number()));
    }

    /** The rows from a key on, and before them, at the beginning, how far the logs had come. */
    public CopyPage page(Table table, byte @Nullable [] from, byte @Nullable [] to) {
        List<CopyPage.Position> positions = from == null ? positions(table) : List.of();
        byte[] prefix = RowKeys.rowPrefix(table.number(), 0);
        byte[] start = from == null ? prefix : RowKeys.item(table.number(), from);
        List<CopyPage.Row> rows = new ArrayList<>();
        long[] bytes = {0};
        byte[][] next = {null};
        byte[] end = to == null ? KeyRange.successorOfPrefix(prefix) : RowKeys.item(table.number(), to);
        store.scan(new KeyRange(start, end), Direction.ASCENDING, (key, value) -> {
            byte[] itemKey = RowKeys.withinTable(key);
            if (bytes[0] > pageBytes) {
                next[0] = itemKey;
                return false;
            }
            bytes[0] += key.length + value.length;
            rows.add(new CopyPage.Row(itemKey, StampedImage.decode(value)));
            return true;
        });
        return new CopyPage(positions, rows, next[0]);
    }

    /** Every origin's highest sequence here: its change rows and checkpoints. */
    private List<CopyPage.Position> positions(Table table) {
        List<CopyPage.Position> positions = new ArrayList<>();
        Set<String> origins = new HashSet<>(table.origins());
        origins.add(region);
        byte[] clock = store.get(RowKeys.clock());
        if (clock != null) {
            positions.add(new CopyPage.Position(
                    0, CopyPage.Position.CLOCK, java.nio.ByteBuffer.wrap(clock).getLong()));
        }
        for (int partition = 0; partition < table.partitionCount(); partition++) {
            byte[] stable = store.get(RowKeys.stable(table.number(), partition));
            if (stable != null) {
                positions.add(new CopyPage.Position(
                        partition,
                        CopyPage.Position.STABLE,
                        java.nio.ByteBuffer.wrap(stable).getLong()));
            }
            for (String origin : origins) {
                long highest = highest(table.number(), partition, origin);
                if (highest > 0) {
                    positions.add(new CopyPage.Position(partition, origin, highest));
                }
            }
        }
        return positions;
    }

    private long highest(int table, int partition, String origin) {
        byte[] checkpoint = store.get(RowKeys.checkpoint(table, partition, origin));
        long[] highest = {
            checkpoint == null ? 0 : java.nio.ByteBuffer.wrap(checkpoint).getLong()
        };
        if (origin.equals(region)) {
            byte[] prefix = RowKeys.changePrefix(table, partition, origin);
            store.scan(KeyRange.prefix(prefix), Direction.DESCENDING, (key, value) -> {
                highest[0] = Math.max(highest[0], ChangeRecord.decode(value).sequence());
                return false;
            });
        }
        return highest[0];
    }
}
