package dev.meridian.table.capacity;

import dev.meridian.table.definition.IndexSchema;
import dev.meridian.table.definition.TableSchema;
import dev.meridian.table.model.ServiceException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What tables can still afford. Asked before the work is done, when its cost may not be known, and told the cost afterwards:
 * whoever has anything left may spend more than that, and then waits longer. Thread-safe.
 */
public interface Allowance {

    /** Every table can afford everything. */
    Allowance UNLIMITED = new Allowance() {
        @Override
        public boolean isLimited() {
            return false;
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
        public void read(TableSchema table, int partition, Units cost) {}

        @Override
        public void wrote(TableSchema table, int partition, Units cost) {}

        @Override
        public void replicated(TableSchema table, int partition, Units cost) {}

        @Override
        public long pauseMillis(TableSchema table, int partition) {
            return 0;
        }
    };

    /** Stands for a read of no one partition. */
    int EVERY_PARTITION = -1;

    /** Whether anything can be refused; where not, no cost need be told. */
    boolean isLimited();

    /** The service's error if the table, or the index, has nothing left for reading. */
    Optional<ServiceException> readRefusal(TableSchema table, @Nullable IndexSchema index, int partition);

    /** The service's error if the table, or an index that the write changes, has nothing left for writing. */
    Optional<ServiceException> writeRefusal(TableSchema table, int partition, Units cost);

    void read(TableSchema table, int partition, Units cost);

    /** A customer's write. */
    void wrote(TableSchema table, int partition, Units cost);

    /** A write that came from another region. */
    void replicated(TableSchema table, int partition, Units cost);

    /** How long until the table has something left for writing; 0 if it has now. For writes that are not refused but wait. */
    long pauseMillis(TableSchema table, int partition);
}
