package dev.meridian.benchmarks;

import dev.meridian.node.RegionFolder;
import dev.meridian.storage.leveldb.LevelDbStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A region's store in a folder of its own, which goes with it. */
final class TemporaryStore implements AutoCloseable {

    private final Path folder;
    private final LevelDbStore store;

    TemporaryStore() {
        try {
            folder = Files.createTempDirectory("meridian-benchmark");
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        store = LevelDbStore.open(RegionFolder.of(folder, "benchmark"));
    }

    LevelDbStore store() {
        return store;
    }

    @Override
    public void close() throws IOException {
        store.close();
        List<Path> paths;
        try (Stream<Path> walk = Files.walk(folder)) {
            paths = walk.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : paths) {
            Files.delete(path);
        }
    }
}
