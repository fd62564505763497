package dev.meridian.storage.leveldb;

import dev.meridian.storage.Direction;
import dev.meridian.storage.KeyRange;
import dev.meridian.storage.RowVisitor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Map;
import org.iq80.leveldb.DB;
import org.iq80.leveldb.DBIterator;
import org.iq80.leveldb.ReadOptions;
import org.iq80.leveldb.impl.DbImpl;
import org.jspecify.annotations.Nullable;

/** Range reads over LevelDB's iterator. */
final class LevelDbScan {

    private LevelDbScan() {}

    static void run(DB database, ReadOptions options, KeyRange range, Direction direction, RowVisitor visitor) {
        try (DBIterator rows = database.iterator(options)) {
            if (direction == Direction.ASCENDING) {
                ascend(rows, range, visitor);
            } else if (database instanceof DbImpl) {
                descendWithoutPrev(rows, range, visitor);
            } else {
                descend(rows, range, visitor);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static void ascend(DBIterator rows, KeyRange range, RowVisitor visitor) {
        rows.seek(range.from());
        while (rows.hasNext()) {
            Map.Entry<byte[], byte[]> row = rows.next();
            if (isPast(row.getKey(), range.to()) || !visitor.visit(row.getKey(), row.getValue())) {
                return;
            }
        }
    }

    /** LevelDB seeks to the first key at or after; going down starts at the one before that. */
    private static void descend(DBIterator rows, KeyRange range, RowVisitor visitor) {
        byte[] to = range.to();
        if (to == null) {
            rows.seekToLast();
            if (!rows.hasNext() || !take(rows.peekNext(), range, visitor)) {
                return;
            }
        } else {
            rows.seek(to);
            if (!rows.hasNext()) {
                rows.seekToLast();
                if (!rows.hasNext()) {
                    return;
                }
                Map.Entry<byte[], byte[]> last = rows.peekNext();
                if (!isPast(last.getKey(), to) && !take(last, range, visitor)) {
                    return;
                }
            }
        }
        while (rows.hasPrev()) {
            if (!take(rows.prev(), range, visitor)) {
                return;
            }
        }
    }

    /** The pure-Java port cannot step back: the range is read forwards, then visited backwards. */
    private static void descendWithoutPrev(DBIterator rows, KeyRange range, RowVisitor visitor) {
        ArrayDeque<Map.Entry<byte[], byte[]>> forwards = new ArrayDeque<>();
        ascend(rows, range, (key, value) -> {
            forwards.push(Map.entry(key, value));
            return true;
        });
        for (Map.Entry<byte[], byte[]> row : forwards) {
            if (!visitor.visit(row.getKey(), row.getValue())) {
                return;
            }
        }
    }

    private static boolean take(Map.Entry<byte[], byte[]> row, KeyRange range, RowVisitor visitor) {
        return Arrays.compareUnsigned(row.getKey(), range.from()) >= 0 && visitor.visit(row.getKey(), row.getValue());
    }

    private static boolean isPast(byte[] key, byte @Nullable [] to) {
        return to != null && Arrays.compareUnsigned(key, to) >= 0;
    }
}
