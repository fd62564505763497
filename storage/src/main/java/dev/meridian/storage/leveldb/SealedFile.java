package dev.meridian.storage.leveldb;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The file of a sealed segment, whole and durable, beside the one whose place it is to take. */
final class SealedFile {

    /** What the name of a file ends with that is not whole yet. */
    private static final String UNFINISHED = ".unfinished";

    private final Path file;
    private final Map<LogRun, Integer> places = new HashMap<>();

    private SealedFile(Path file) {
        this.file = file;
    }

    /** Removes what was not whole when a process ended. */
    static void deleteUnfinished(Path folder) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + UNFINISHED)) {
            for (Path unfinished : files) {
                Files.delete(unfinished);
            }
        }
    }

    /**
     * Writes the rows of each run together and compressed, and a footer.
     *
     * @param footer but for where its runs stand
     * @param runs the entries of each that are to be in the file, at least one
     * @param rows the segment as it was written, in which the entries' offsets are
     */
    static SealedFile write(Path file, LogFooter footer, Map<LogRun, LogEntries> runs, ByteBuffer rows)
            throws IOException {
        SealedFile written = new SealedFile(file);
        List<LogFooter.PlacedRun> placed = new ArrayList<>();
        try (FileChannel channel = FileChannel.open(
                written.unfinished(),
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE)) {
            for (Map.Entry<LogRun, LogEntries> run : runs.entrySet()) {
                LogEntries entries = run.getValue();
                int at = SealedRun.write(channel, entries, rows);
                written.places.put(run.getKey(), at);
                long last = entries.number(entries.count() - 1);
                placed.add(new LogFooter.PlacedRun(run.getKey().prefix(), entries.number(0), last, at));
            }
            FileBytes.append(channel, footer.withRuns(placed).encode(Math.toIntExact(channel.position())));
            channel.force(true);
        }
        return written;
    }

    private Path unfinished() {
        return file.resolveSibling(file.getFileName() + UNFINISHED);
    }

    /** Whoever opens the segment's file gets this one from now on; for good once {@link #forceName} has returned. */
    void takePlace() throws IOException {
        Files.move(unfinished(), file, StandardCopyOption.ATOMIC_MOVE);
    }

    void forceName() throws IOException {
        FileBytes.forceNames(file.resolveSibling(""));
    }

    /** Where the index of each run stands. */
    Map<LogRun, Integer> places() {
        return places;
    }
}
