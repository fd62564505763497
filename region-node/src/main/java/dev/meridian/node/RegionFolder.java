package dev.meridian.node;

import dev.meridian.replication.log.RowKeys;
import dev.meridian.storage.leveldb.StoreSettings;
import java.nio.file.Path;

/** Where a region on disk keeps its rows. */
public final class RegionFolder {

    private RegionFolder() {}

    /** The store of a region in a folder that holds one for each. */
    public static StoreSettings of(Path data, String region) {
        return StoreSettings.of(data.resolve(region), region).withLogKinds(RowKeys.LOGS);
    }
}
