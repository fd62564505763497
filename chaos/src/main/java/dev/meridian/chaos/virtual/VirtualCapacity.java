package dev.meridian.chaos.virtual;

import dev.meridian.node.capacity.Shortage;
import dev.meridian.node.capacity.ThroughputLimits;
import dev.meridian.node.settings.ServiceSettings;
import dev.meridian.table.capacity.Allowance;
import dev.meridian.table.capacity.UnitSizes;
import dev.meridian.table.capacity.Units;
import dev.meridian.table.definition.IndexSchema;
import dev.meridian.table.definition.TableSchema;
import dev.meridian.table.key.ItemKey;
import dev.meridian.table.model.ServiceException;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a region can afford, by the real limits in virtual time. The door asks before anything is done, so that of a transaction all
 * is refused or nothing; partitions only pay.
 */
final class VirtualCapacity implements Allowance {

    private final Allowance limits;

    VirtualCapacity(LongSupplier nanoClock, Supplier<Shortage> shortage) {
        this.limits = ThroughputLimits.of(ServiceSettings.defaults(), nanoClock, shortage);
    }

    /** Whether a client's write of these keys is throttled. */
    boolean throttlesWrite(TableSchema table, List<ItemKey> keys) {
        return limits.isLimited()
                && keys.stream()
                        .anyMatch(key -> limits.writeRefusal(table, partition(table, key), Units.ofTable(1))
                                .isPresent());
    }

    /** Whether a client's read of a key is throttled; where not, it pays for so many bytes. */
    boolean throttlesRead(TableSchema table, ItemKey key, int bytes, boolean isStrong) {
        if (!limits.isLimited()) {
            return false;
        }
        int partition = partition(table, key);
        if (limits.readRefusal(table, null, partition).isPresent()) {
            return true;
        }
        limits.read(table, partition, Units.ofTable(UnitSizes.read(bytes, isStrong)));
        return false;
    }

    private static int partition(TableSchema table, ItemKey key) {
        return key.partition(table.partitionCount());
    }

    @Override
    public boolean isLimited() {
        return limits.isLimited();
    }

    @Override
    public Optional<ServiceException> readRefusal(TableSchema table, @Nullable IndexSchema index, int partition) {
        return Optional.empty();
    }

    @Override
    public Optional<ServiceException> writeRefusal(TableSchema table, int partition, Units cost) {
        return Optional.empty();
    }

    @Override
    public void read(TableSchema table, int partition, Units cost) {
        limits.read(table, partition, cost);
    }

    @Override
    public void wrote(TableSchema table, int partition, Units cost) {
        limits.wrote(table, partition, cost);
    }

    @Override
    public void replicated(TableSchema table, int partition, Units cost) {
        limits.replicated(table, partition, cost);
    }

    @Override
    public long pauseMillis(TableSchema table, int partition) {
        return limits.pauseMillis(table, partition);
    }
}
