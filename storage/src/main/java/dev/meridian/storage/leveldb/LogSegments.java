package dev.meridian.storage.leveldb;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The segments of the logs in their order, and what the links of their groups tell. Not thread-safe. */
final class LogSegments {

    private final Path folder;
    private final NavigableMap<Integer, LogSegment> segments = new TreeMap<>();
    private final List<LogSegment> lost = new ArrayList<>();
    private long anchor;

    private LogSegments(Path folder) {
        this.folder = folder;
    }

    /** Those in a folder, which is made where it is missing; how far their streams are deleted is added to what is given. */
    static LogSegments open(Path folder, NavigableMap<byte[], Long> trimmed) throws IOException {
        Files.createDirectories(folder);
        SealedFile.deleteUnfinished(folder);
        LogSegments opened = new LogSegments(folder);
        List<Integer> numbers = SegmentFiles.numbers(folder);
        for (int number : numbers) {
            boolean isLast = number == numbers.get(numbers.size() - 1);
            opened.add(
                    LogSegment.open(
                            folder,
                            number,
                            (segment, row, offset) -> opened.take(segment, row.key(), row.value(), offset, trimmed),
                            footer -> opened.take(footer, trimmed)),
                    isLast);
        }
        return opened;
    }

    /** One without a whole group is lost, but for the last, whose first group may never have been acknowledged. */
    private void add(LogSegment segment, boolean isLast) throws IOException {
        if (segment.last().group() > 0) {
            segments.put(segment.number(), segment);
        } else if (isLast) {
            segment.delete();
        } else {
            lost.add(segment);
        }
    }

    private void take(LogFooter footer, NavigableMap<byte[], Long> trimmed) {
        anchor = Math.max(anchor, footer.anchor());
        trimmed.putAll(footer.trimmed());
    }

    /** Takes a row that stands in a segment, or up to where it deletes. Returns the run that begins with it, if one does. */
    @Nullable
    LogRun take(
            LogSegment segment, byte[] key, byte @Nullable [] value, int offset, NavigableMap<byte[], Long> trimmed) {
        if (value == null) {
            trimmed.merge(LogStream.prefixOf(key), LogStream.numberOf(key), Math::max);
            return null;
        }
        if (key[0] == Chain.ANCHOR[0]) {
            anchor = Math.max(anchor, ByteBuffer.wrap(value).getLong());
            return null;
        }
        return key[0] == ChainRow.KIND ? null : segment.add(LogStream.prefixOf(key), LogStream.numberOf(key), offset);
    }

    /** Begins one behind all others. */
    LogSegment next(LogTail tail) throws IOException {
        LogSegment next = LogSegment.create(folder, nextNumber(), tail);
        segments.put(next.number(), next);
        return next;
    }

    /** The number of the segment that comes next. */
    int nextNumber() {
        return segments.isEmpty() ? 0 : segments.lastKey() + 1;
    }

    /** The segment with that number; null where it has gone. */
    @Nullable
    LogSegment remove(int number) {
        return segments.remove(number);
    }

    /** The segment after that number, or the first of all behind the last; null where there is none. */
    @Nullable
    LogSegment after(int number) {
        Map.Entry<Integer, LogSegment> next = segments.higherEntry(number);
        Map.Entry<Integer, LogSegment> found = next == null ? segments.firstEntry() : next;
        return found == null ? null : found.getValue();
    }

    Collection<LogSegment> all() {
        return segments.values();
    }

    /** The group with which the chain may begin anew; 0 where none was named. */
    long anchor() {
        return anchor;
    }

    /** The last group that is here. */
    long lastGroup() {
        return segments.isEmpty() ? 0 : segments.lastEntry().getValue().last().group();
    }

    /** What the links tell, compared with what had been acknowledged. */
    Chain chain(long acknowledgedGroup) {
        List<String> findings = new ArrayList<>();
        long hole = 0;
        LogSegment before = null;
        for (LogSegment segment : segments.values()) {
            if (!follows(segment, before)) {
                findings.add(Chain.gap(end(before), segment.first()));
                hole = hole == 0 ? end(before).group() + 1 : hole;
            }
            before = segment;
        }
        return Chain.of(end(before), hole, findings, acknowledgedGroup);
    }

    private static ChainRow end(@Nullable LogSegment before) {
        return before == null ? ChainRow.GENESIS : before.last();
    }

    /** Segments between two may have gone, with all their rows. */
    private boolean follows(LogSegment segment, @Nullable LogSegment before) {
        int next = before == null ? 0 : before.number() + 1;
        boolean mayHaveGone = next < segment.number()
                && lost.stream().noneMatch(gone -> next <= gone.number() && gone.number() < segment.number());
        return mayHaveGone
                || segment.first().follows(end(before))
                || segment.first().group() <= anchor;
    }

    /**
     * Segments behind the first hole go, and are told of; their groups are to be written once more. To be called before the first
     * write.
     */
    void closeHole(Consumer<LogSegment> gone) throws IOException {
        LogSegment before = null;
        boolean isPast = false;
        for (LogSegment segment : List.copyOf(segments.values())) {
            isPast |= !follows(segment, before);
            if (isPast) {
                segments.remove(segment.number());
                gone.accept(segment);
                segment.delete();
            } else {
                before = segment;
            }
        }
        for (LogSegment segment : lost) {
            segment.delete();
        }
        lost.clear();
    }
}
