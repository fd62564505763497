package dev.meridian.storage.leveldb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.meridian.storage.WriteBatch;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MappedTablesTest {

    @TempDir
    Path folder;

    @Test
    void theLibraryCountsWhatItMapsFromOurLimit() throws IOException, ReflectiveOperationException {
        assumeTrue(MappedTables.isKnownPlatform());
        try (LevelDbStore store = LevelDbStore.open(StoreSettings.of(folder, "test"))) {
            store.commit(new WriteBatch().put(new byte[] {9}, new byte[] {9}))
                    .toCompletableFuture()
                    .join();
        }
        long withoutTables = MappedTables.left();
        try (LevelDbStore store = LevelDbStore.open(StoreSettings.of(folder, "test"))) {
            assertThat(store.get(new byte[] {9})).isNotNull();
            assertThat(MappedTables.left()).isBetween(0L, withoutTables - 1);
        }
        assertThat(withoutTables).isLessThanOrEqualTo(MappedTables.TABLES_MAX);
    }
}
