package dev.meridian.storage.leveldb;

import dev.meridian.storage.Direction;
import dev.meridian.storage.KeyRange;
import dev.meridian.storage.RowVisitor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Map;
import org.fusesource.leveldbjni.internal.NativeDB;
import org.fusesource.leveldbjni.internal.NativeIterator;
import org.iq80.leveldb.DB;
import org.iq80.leveldb.DBException;
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
    private static void descend(DBIterator opened, KeyRange range, RowVisitor visitor) {
        NativeIterator rows = NativeRows.of(opened);
        try {
            byte[] to = range.to();
            if (to != null) {
                rows.seek(to);
            }
            if (to != null && rows.isValid()) {
                rows.prev();
            } else {
                rows.seekToLast();
            }
            while (rows.isValid()) {
                byte[] key = rows.key();
                if (Arrays.compareUnsigned(key, range.from()) < 0 || !visitor.visit(key, rows.value())) {
                    return;
                }
                rows.prev();
            }
        } catch (NativeDB.DBException failure) {
            throw new DBException(failure.getMessage(), failure);
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

    private static boolean isPast(byte[] key, byte @Nullable [] to) {
        return to != null && Arrays.compareUnsigned(key, to) >= 0;
    }
}
