package dev.meridian.node.replication;

import dev.meridian.conflict.Stamp;
import dev.meridian.conflict.Version;
import dev.meridian.conflict.VersionVector;
import dev.meridian.replication.link.CopyPage;
import dev.meridian.replication.log.RowKeys;
import dev.meridian.replication.log.StampedImage;
import dev.meridian.storage.Direction;
import dev.meridian.storage.KeyRange;
import dev.meridian.storage.OrderedReader;
import dev.meridian.table.key.ItemKey;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a peer, whose table is copied, has deleted so long ago that it does not know any more. */
public final class ForgottenRows {

    private final OrderedReader store;
    private final int table;
    private final int partitionCount;

    /** {@code store} is this region's own. */
    public ForgottenRows(OrderedReader store, int table, int partitionCount) {
        this.store = store;
        this.table = table;
        this.partitionCount = partitionCount;
    }

    /**
     * Rows of this region in the range of a page that the peer has deleted, as tombstones.
     *
     * @param positions of the peer, before its first page was read
     */
    public List<CopyPage.Row> in(
            CopyPage page, List<CopyPage.Position> positions, byte @Nullable [] from, byte @Nullable [] to) {
        Set<ItemKey> there = new HashSet<>();
        page.rows().forEach(row -> there.add(new ItemKey(row.key())));
        List<CopyPage.Row> deleted = new ArrayList<>();
        byte[] prefix = RowKeys.rowPrefix(table, 0);
        KeyRange range = new KeyRange(
                from == null ? prefix : RowKeys.item(table, from),
                to == null ? KeyRange.successorOfPrefix(prefix) : RowKeys.item(table, to));
        store.scan(range, Direction.ASCENDING, (key, value) -> {
            ItemKey item = new ItemKey(RowKeys.withinTable(key));
            long stable = stable(positions, item.partition(partitionCount));
            StampedImage row = StampedImage.decode(value);
            if (row.stamp().version().timestamp() <= stable && !there.contains(item)) {
                Version version = new Version(stable, VersionVector.EVERYONE);
                Stamp stamp = new Stamp(version, VersionVector.of(version));
                deleted.add(new CopyPage.Row(item.bytes(), new StampedImage(stamp, null)));
            }
            return true;
        });
        return deleted;
    }

    private static long stable(List<CopyPage.Position> positions, int partition) {
        return positions.stream()
                .filter(position ->
                        position.partition() == partition && position.origin().equals(CopyPage.Position.STABLE))
                .mapToLong(CopyPage.Position::sequence)
                .max()
                .orElse(0);
    }
}
