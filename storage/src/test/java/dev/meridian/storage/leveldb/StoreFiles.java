package dev.meridian.storage.leveldb;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The files of a store that nobody has open, and what may happen to them. */
final class StoreFiles {

    private StoreFiles() {}

    /** The log of a LevelDB database. */
    static Path logOf(Path database) throws IOException {
        try (Stream<Path> files = Files.list(database)) {
            return files.filter(file -> file.toString().endsWith(".log"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    /** The last segment of the logs. */
    static Path lastOf(Path logs) throws IOException {
        List<Path> segments = in(logs);
        return segments.get(segments.size() - 1);
    }

    /** The files of a folder in the order of their names. */
    static List<Path> in(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }

    /** The segments of a store's write-ahead log. */
    static List<Path> segments(Path store) {
        return WriteAheadLog.segments(store.resolve("wal"));
    }

    /** Leaves so many bytes of a file. */
    static void cut(Path file, long left) throws IOException {
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
            bytes.setLength(left);
        }
    }
}
