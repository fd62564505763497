package dev.meridian.node.inspection;

import dev.meridian.node.catalogue.TableState;
import dev.meridian.node.control.ControlSetting;
import dev.meridian.replication.log.RowKeys;
import dev.meridian.replication.log.StampedImage;
import dev.meridian.storage.Direction;
import dev.meridian.storage.KeyRange;
import dev.meridian.storage.OrderedReader;
import dev.meridian.table.definition.TableFacts;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * How many items tables hold, and how many bytes. Counted by a scan, which for a large table is repeated only when that takes
 * a small share of the time; the service brings its figures up to date every six hours. Thread-safe.
 */
public final class CountedSizes implements ControlSetting.TableSizes {

    private static final int SHARE = 20;

    private final OrderedReader store;
    private final LongSupplier nanoClock;
    private final Map<List<Integer>, Counted> known = new ConcurrentHashMap<>();

    public CountedSizes(OrderedReader store, LongSupplier nanoClock) {
        this.store = store;
        this.nanoClock = nanoClock;
    }

    private record Counted(TableFacts.Size size, long againNanos) {}

    @Override
    public TableFacts.Size of(TableState table, int index) {
        long now = nanoClock.getAsLong();
        return known.compute(
                        List.of(table.number(), index),
                        (place, last) ->
                                last != null && last.againNanos() - now > 0 ? last : count(table.number(), index, now))
                .size();
    }

    private Counted count(int table, int index, long began) {
        long[] sums = {0, 0};
        store.scan(KeyRange.prefix(RowKeys.rowPrefix(table, index)), Direction.ASCENDING, (key, value) -> {
            byte[] image = index == 0 ? StampedImage.decode(value).image() : value;
            sums[0] += image == null ? 0 : 1;
            sums[1] += image == null ? 0 : image.length;
            return true;
        });
        long ended = nanoClock.getAsLong();
        return new Counted(new TableFacts.Size(sums[0], sums[1]), ended + (ended - began) * SHARE);
    }
}
