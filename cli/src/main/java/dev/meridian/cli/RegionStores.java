package dev.meridian.cli;

import dev.meridian.node.RegionFolder;
import dev.meridian.replication.log.RowKeys;
import dev.meridian.storage.OrderedStore;
import dev.meridian.storage.StoreException;
import dev.meridian.storage.leveldb.LevelDbStore;
import dev.meridian.storage.leveldb.TornWrite;
import dev.meridian.storage.leveldb.Verification;
import dev.meridian.storage.memory.MemoryStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens the regions' stores: LevelDB folders, or memory that outlives a killed region but not the process. */
final class RegionStores implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RegionStores.class);

    /** A region that is behind by more than the logs hold copies the table; items need room, too. */
    private static final int LOGS_SHARE_OF_HEAP = 4;

    private final boolean inMemory;
    private final Path data;
    private final long logBytes;
    private final Map<String, MemoryStore> memories = new ConcurrentHashMap<>();

    /** {@code regions}: how many share this process. */
    RegionStores(boolean inMemory, Path data, int regions) {
        this.inMemory = inMemory;
        this.data = data;
        this.logBytes = SystemRuntime.heapBytes() / LOGS_SHARE_OF_HEAP / regions;
    }

    /** Stores in folders below this one. */
    static RegionStores onDisk(Path data) {
        return new RegionStores(false, data, 1);
    }

    /** What opens a region's store. */
    Supplier<OrderedStore> of(String region) {
        return inMemory
                ? () -> memories.compute(
                        region,
                        (name, last) -> last == null ? MemoryStore.boundingLogs(RowKeys.LOGS, logBytes) : last.crash(0))
                : () -> open(region);
    }

    private OrderedStore open(String region) {
        try {
            LevelDbStore store = LevelDbStore.open(RegionFolder.of(data, region));
            if (store.verification() instanceof Verification.Damaged damaged) {
                LOG.error("{}: the store is damaged: {}", region, damaged.finding());
            }
            return store;
        } catch (StoreException refused) {
            throw new UserError(ExitCode.UNAVAILABLE, String.valueOf(refused.getMessage()));
        }
    }

    /** Leaves half a write at the end of the log of a region that has died; memory is whole or gone, and stays so. */
    void tear(String region) {
        if (!inMemory) {
            try {
                TornWrite.leave(data.resolve(region));
            } catch (IOException unwritable) {
                LOG.warn("{}: no torn write: {}", region, unwritable.getMessage());
            }
        }
    }

    @Override
    public void close() {
        memories.clear();
    }
}
