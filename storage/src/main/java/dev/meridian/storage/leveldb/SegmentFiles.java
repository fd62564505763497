package dev.meridian.storage.leveldb;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The files of the segments of the logs in their folder, each named by its number. */
final class SegmentFiles {

    private SegmentFiles() {}

    static Path of(Path folder, int number) {
        return folder.resolve(String.format("%08d", number));
    }

    /** The numbers of those that are there, in their order. */
    static List<Integer> numbers(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.matches("[0-9]{8}"))
                    .map(Integer::parseInt)
                    .sorted()
                    .toList();
        }
    }

    /** The last one in a folder that nobody has open. */
    static Optional<Path> last(Path folder) throws IOException {
        List<Integer> numbers = numbers(folder);
        return numbers.isEmpty() ? Optional.empty() : Optional.of(of(folder, numbers.get(numbers.size() - 1)));
    }

    /** Whether one has its footer. */
    static boolean isSealed(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return LogFooter.read(channel) != null;
        }
    }
}
