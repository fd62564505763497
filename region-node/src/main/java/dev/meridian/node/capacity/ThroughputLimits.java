package dev.meridian.node.capacity;

import dev.meridian.node.settings.ServiceSettings;
import dev.meridian.table.capacity.Allowance;
import dev.meridian.table.capacity.Throttling;
import dev.meridian.table.capacity.Units;
import dev.meridian.table.definition.Ceiling;
import dev.meridian.table.definition.IndexSchema;
import dev.meridian.table.definition.TableSchema;
import dev.meridian.table.model.ServiceException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps tables to their throughput as the service does: what was provisioned, with bursts from what was not used; what on-demand
 * may take by its owner's will and by the account's; what one partition may take. Thread-safe.
 */
public final class ThroughputLimits implements Allowance {

    private static final double STEADY_SECONDS = 1;
    /** More than anybody takes. */
    private static final double PLENTY = 1e12;

    private final Map<Meter, TokenBucket> buckets = new ConcurrentHashMap<>();
    private final LongSupplier nanoClock;
    private final double burstSeconds;
    private final double[] accountUnits;
    private final double[] partitionUnits;

    private final boolean isKept;
    private final Supplier<Shortage> shortage;

    private ThroughputLimits(ServiceSettings service, LongSupplier nanoClock, Supplier<Shortage> shortage) {
        this.nanoClock = nanoClock;
        this.shortage = shortage;
        this.isKept = service.flag("throttling");
        this.burstSeconds = service.number("burst-seconds");
        this.accountUnits = new double[] {
            service.number("on-demand-read-units"), service.number("on-demand-write-units"),
        };
        this.partitionUnits = new double[] {
            service.number("partition-read-units"), service.number("partition-write-units"),
        };
    }

    /** The limits that are set, or, where throttling is off, none but those of a shortage. */
    public static Allowance of(ServiceSettings service, LongSupplier nanoClock, Supplier<Shortage> shortage) {
        return new ThroughputLimits(service, nanoClock, shortage);
    }

    /**
     * One thing that is metered.
     *
     * @param index the index's number in the table, 0 for the table itself
     * @param partition {@link Allowance#EVERY_PARTITION} for all of it
     */
    private record Meter(int table, int index, int partition, boolean write) {}

    /** A bucket that an operation draws from, and the error when it is empty. */
    private record Draw(TokenBucket bucket, double units, Refusal refusal) {}

    @FunctionalInterface
    private interface Refusal {

        ServiceException error();
    }

    @Override
    public boolean isLimited() {
        return isKept || shortage.get() != Shortage.NONE;
    }

    @Override
    public Optional<ServiceException> readRefusal(TableSchema table, @Nullable IndexSchema index, int partition) {
        return refusal(draws(table, partition, Units.ofRead(index, 1), false));
    }

    @Override
    public Optional<ServiceException> writeRefusal(TableSchema table, int partition, Units cost) {
        return refusal(draws(table, partition, cost, true));
    }

    @Override
    public void read(TableSchema table, int partition, Units cost) {
        take(draws(table, partition, cost, false));
    }

    @Override
    public void wrote(TableSchema table, int partition, Units cost) {
        take(draws(table, partition, cost, true));
    }

    @Override
    public void replicated(TableSchema table, int partition, Units cost) {
        wrote(table, partition, cost);
    }

    @Override
    public long pauseMillis(TableSchema table, int partition) {
        long now = nanoClock.getAsLong();
        return draws(table, partition, Units.ofTable(1), true).stream()
                .mapToLong(draw -> draw.bucket().millisUntilAny(now))
                .max()
                .orElse(0);
    }

    private Optional<ServiceException> refusal(List<Draw> draws) {
        long now = nanoClock.getAsLong();
        return draws.stream()
                .filter(draw -> !draw.bucket().hasAny(now))
                .findFirst()
                .map(draw -> draw.refusal().error());
    }

    private void take(List<Draw> draws) {
        long now = nanoClock.getAsLong();
        draws.forEach(draw -> draw.bucket().take(draw.units(), now));
    }

    /** The buckets that an operation of that cost draws from. Local indexes have no throughput but their table's. */
    private List<Draw> draws(TableSchema table, int partition, Units cost, boolean write) {
        if (!isLimited()) {
            return List.of();
        }
        List<Draw> draws = new ArrayList<>();
        double ofTable = cost.table();
        for (Map.Entry<IndexSchema, Double> index : cost.indexes().entrySet()) {
            if (index.getKey().local()) {
                ofTable += index.getValue();
            } else {
                String arn = table.arn() + "/index/" + index.getKey().name();
                int number = index.getKey().number();
                addWhole(draws, table.number(), number, index.getKey().ceiling(), write, index.getValue(), arn);
            }
        }
        if (ofTable > 0) {
            addWhole(draws, table.number(), 0, table.ceiling(), write, ofTable, table.arn());
            if (partition != EVERY_PARTITION) {
                TokenBucket bucket = bucket(
                        new Meter(table.number(), 0, partition, write),
                        shortage.get().partition(write, kept(partitionUnits[write ? 1 : 0])),
                        STEADY_SECONDS);
                boolean provisioned = table.ceiling().provisioned();
                draws.add(new Draw(bucket, ofTable, () -> Throttling.partition(provisioned, write, table.arn())));
            }
        }
        return draws;
    }

    private void addWhole(
            List<Draw> draws, int table, int index, Ceiling ceiling, boolean write, double units, String arn) {
        long own = write ? ceiling.units().writeUnits() : ceiling.units().readUnits();
        double account = accountUnits[write ? 1 : 0];
        boolean bounded = own > 0;
        TokenBucket bucket = bucket(
                new Meter(table, index, EVERY_PARTITION, write),
                shortage.get().whole(write, kept(bounded ? own : account)),
                ceiling.provisioned() ? burstSeconds : STEADY_SECONDS);
        draws.add(new Draw(bucket, units, () -> {
            if (ceiling.provisioned()) {
                return Throttling.provisioned(write, index > 0, arn);
            }
            return bounded ? Throttling.maximum(write, index > 0, arn) : Throttling.account(write, index > 0, arn);
        }));
    }

    /** What is set, where it is kept to. */
    private double kept(double units) {
        return isKept ? units : PLENTY;
    }

    private TokenBucket bucket(Meter meter, double perSecond, double keptSeconds) {
        long now = nanoClock.getAsLong();
        TokenBucket bucket = buckets.computeIfAbsent(meter, none -> new TokenBucket(perSecond, keptSeconds, now));
        bucket.retune(perSecond, keptSeconds, now);
        return bucket;
    }
}
