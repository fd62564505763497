package dev.meridian.storage.leveldb;

import java.lang.reflect.Field;
import org.fusesource.leveldbjni.internal.JniDBIterator;
import org.fusesource.leveldbjni.internal.NativeIterator;
import org.iq80.leveldb.DBIterator;

/**
 * The iterator below leveldbjni's. Each step back of {@link JniDBIterator} is also two forward and two more back, and
 * LevelDB 1.x loses its place where an iterator turns among versions of a row that are newer than its snapshot: rows are passed
 * over while others write. Going back without turning is sound, and a fifth of the work.
 */
final class NativeRows {

    private static final Field ITERATOR = field();

    private NativeRows() {}

    static NativeIterator of(DBIterator opened) {
        try {
            return (NativeIterator) ITERATOR.get(opened);
        } catch (IllegalAccessException changed) {
            throw new LinkageError("leveldbjni is not the version this was written for", changed);
        }
    }

    private static Field field() {
        try {
            Field field = JniDBIterator.class.getDeclaredField("iterator");
            field.setAccessible(true);
            return field;
        } catch (NoSuchFieldException changed) {
            throw new LinkageError("leveldbjni is not the version this was written for", changed);
        }
    }
}
