package dev.meridian.storage.leveldb;

import dev.meridian.storage.leveldb.LogStreams.Visible;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** What is left of a sealed segment when rows of it are deleted. */
final class Shrinking {

    private Shrinking() {}

    /** Writes, for the segment's file, what can be seen of its rows; something can. */
    static SealedFile write(LogSegment segment, Path file, Visible visible) throws IOException {
        Map<LogRun, LogEntries> left = new LinkedHashMap<>();
        NavigableMap<Integer, LogRow> rows = new TreeMap<>();
        for (LogRun run : segment.runs().values()) {
            try (LogReader reader = segment.reader(run)) {
                LogEntries entries = reader.entries();
                int from = entries.ceiling(visible.trimmed(run.prefix()) + 1);
                for (int entry = from; entry < entries.count(); entry++) {
                    rows.put(entries.offset(entry), reader.row(entry));
                }
                if (from < entries.count()) {
                    left.put(run, entries.from(from));
                }
            } catch (NoSuchFileException goneBefore) {
                continue;
            }
        }
        return SealedFile.write(file, footer(file), left, inTheirPlaces(rows));
    }

    private static LogFooter footer(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            LogFooter footer = LogFooter.read(channel);
            if (footer == null) {
                throw new IOException(file + " has no footer any more");
            }
            return footer;
        }
    }

    /** Rows where they stood when the segment was written, and nothing between them. */
    private static ByteBuffer inTheirPlaces(NavigableMap<Integer, LogRow> rows) {
        LogRow last = rows.lastEntry().getValue();
        ByteBuffer segment = ByteBuffer.allocate(rows.lastKey() + LogRow.sizeBytes(last.key(), last.value()));
        rows.forEach((offset, row) -> LogRow.encode(segment.position(offset), row.key(), row.value()));
        return segment.clear();
    }
}
