package dev.meridian.node.capacity;

import dev.meridian.table.capacity.Allowance;
import dev.meridian.table.capacity.Units;
import dev.meridian.table.definition.IndexSchema;
import dev.meridian.table.definition.TableSchema;
import dev.meridian.table.model.ServiceException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.DoubleAdder;
import org.jspecify.annotations.Nullable;

/**
 * Counts the write units that tables consume, customers' and replicated ones apart, and leaves it to another whether they can
 * afford them. Thread-safe.
 */
public final class ConsumedUnits implements Allowance {

    /**
     * What is counted apart.
     *
     * @param index the index, or empty for the table itself; local indexes count with their table
     * @param source {@code Customer} or {@code GlobalTable}
     */
    public record Consumer(String table, String index, String source) {}

    private static final String CUSTOMER = "Customer";
    private static final String GLOBAL_TABLE = "GlobalTable";

    private final Map<Consumer, DoubleAdder> units = new ConcurrentHashMap<>();
    private final Allowance limits;
    private final boolean isCounting;

    /**
     * @param isCounting whether to count even where nothing is limited, which takes working out what every write costs
     */
    public ConsumedUnits(Allowance limits, boolean isCounting) {
        this.limits = limits;
        this.isCounting = isCounting;
    }

    /** What has been consumed since the region started. */
    public Map<Consumer, Double> written() {
        Map<Consumer, Double> now = new TreeMap<>(java.util.Comparator.comparing(Consumer::toString));
        units.forEach((consumer, sum) -> now.put(consumer, sum.sum()));
        return now;
    }

    private void count(TableSchema table, Units cost, String source) {
        double ofTable = cost.table();
        for (Map.Entry<IndexSchema, Double> index : cost.indexes().entrySet()) {
            if (index.getKey().local()) {
                ofTable += index.getValue();
            } else {
                add(new Consumer(table.name(), index.getKey().name(), source), index.getValue());
            }
        }
        add(new Consumer(table.name(), "", source), ofTable);
    }

    private void add(Consumer consumer, double more) {
        units.computeIfAbsent(consumer, none -> new DoubleAdder()).add(more);
    }

    @Override
    public boolean isLimited() {
        return isCounting || limits.isLimited();
    }

    @Override
    public void wrote(TableSchema table, int partition, Units cost) {
        count(table, cost, CUSTOMER);
        limits.wrote(table, partition, cost);
    }

    @Override
    public void replicated(TableSchema table, int partition, Units cost) {
        count(table, cost, GLOBAL_TABLE);
        limits.replicated(table, partition, cost);
    }

    @Override
    public Optional<ServiceException> readRefusal(TableSchema table, @Nullable IndexSchema index, int partition) {
        return limits.readRefusal(table, index, partition);
    }

    @Override
    public Optional<ServiceException> writeRefusal(TableSchema table, int partition, Units cost) {
        return limits.writeRefusal(table, partition, cost);
    }

    @Override
    public void read(TableSchema table, int partition, Units cost) {
        limits.read(table, partition, cost);
    }

    @Override
    public long pauseMillis(TableSchema table, int partition) {
        return limits.pauseMillis(table, partition);
    }
}
