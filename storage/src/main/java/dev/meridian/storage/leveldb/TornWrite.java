package dev.meridian.storage.leveldb;

import dev.meridian.storage.WriteBatch;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a power cut leaves of a write that was under way: the beginning of a record, in the write-ahead log behind the last one that was
 * synced, and at the end of LevelDB's own log and of the last segment of ours. Nothing that was acknowledged is touched. For rehearsals.
 */
public final class TornWrite {

    private static final int BLOCK_BYTES = 32_768;
    private static final int HEADER_BYTES = 7;
    private static final int RECORD_BYTES_MAX = 2_000;
    private static final byte FULL = 1;

    private TornWrite() {}

    /** Leaves it in the folder of a store that nobody has open; nothing where there is no store. */
    public static void leave(Path folder) throws IOException {
        Optional<Path> log = newest(Databases.items(folder), ".log");
        if (log.isPresent()) {
            try (RandomAccessFile file = new RandomAccessFile(log.get().toFile(), "rw")) {
                file.seek(file.length());
                file.write(half((int) (file.length() % BLOCK_BYTES)));
            }
        }
        Optional<Path> segment = SegmentFiles.last(Databases.logs(folder));
        if (segment.isPresent() && !SegmentFiles.isSealed(segment.get())) {
            ByteBuffer row = ByteBuffer.allocate(RECORD_BYTES_MAX);
            LogRow.encode(row, new byte[Long.BYTES], new byte[RECORD_BYTES_MAX / 2]);
            Files.write(segment.get(), Arrays.copyOf(row.array(), RECORD_BYTES_MAX / 4), StandardOpenOption.APPEND);
        }
        tearSegment(folder.resolve("wal"));
    }

    private static Optional<Path> newest(Path folder, String suffix) throws IOException {
        if (!Files.isDirectory(folder)) {
            return Optional.empty();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(suffix))
                    .max(Comparator.comparing(file -> file.getFileName().toString()));
        }
    }

    /** The padding a block may need, then a header that promises more than follows it. */
    static byte[] half(int withinBlock) {
        int left = BLOCK_BYTES - withinBlock;
        int padding = left < HEADER_BYTES ? left : 0;
        int length = Math.min(RECORD_BYTES_MAX, (padding > 0 ? BLOCK_BYTES : left) - HEADER_BYTES);
        byte[] bytes = new byte[padding + HEADER_BYTES + length / 2];
        for (int i = padding; i < bytes.length; i++) {
            bytes[i] = (byte) (i * 31 + 7);
        }
        bytes[padding + 4] = (byte) length;
        bytes[padding + 5] = (byte) (length >> 8);
        bytes[padding + 6] = FULL;
        return bytes;
    }

    /** Half a record behind the last one, with the number that comes next. */
    private static void tearSegment(Path wal) throws IOException {
        Path last = wal;
        long group = -1;
        int end = 0;
        for (Path segment : WriteAheadLog.segments(wal)) {
            ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(segment));
            for (WalRecord next = WalRecord.decode(bytes); next != null; next = WalRecord.decode(bytes)) {
                if (next.group() > group) {
                    group = next.group();
                    last = segment;
                    end = bytes.position();
                }
            }
        }
        if (group >= 0) {
            ByteBuffer record = ByteBuffer.allocate(4_096);
            byte[] value = new byte[RECORD_BYTES_MAX];
            // The file is zeros from here on: a record that ends in zeros would be whole.
            Arrays.fill(value, FULL);
            WalRecord.encode(record, group + 1, List.of(new WriteBatch().put(new byte[] {1}, value)));
            try (RandomAccessFile file = new RandomAccessFile(last.toFile(), "rw")) {
                int half = (int) Math.min(record.position() / 2, file.length() - end);
                file.seek(end);
                file.write(record.array(), 0, Math.max(0, half));
            }
        }
    }
}
