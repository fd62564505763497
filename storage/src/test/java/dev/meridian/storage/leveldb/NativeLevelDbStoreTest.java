package dev.meridian.storage.leveldb;

import dev.meridian.storage.OrderedStore;
import dev.meridian.storage.OrderedStoreContract;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;

class NativeLevelDbStoreTest extends OrderedStoreContract {

    @TempDir
    Path folder;

    @Override
    protected OrderedStore open() {
        return LevelDbStore.open(StoreSettings.of(folder, "test")
                .withEngine(StoreSettings.Engine.AUTO)
                .withLogKinds(Set.of((byte) 0x20)));
    }
}
