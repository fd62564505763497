package dev.meridian.storage.leveldb;

import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.fusesource.leveldbjni.internal.NativeDB;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How many table files leveldbjni maps into memory, all stores of the process together. It maps up to 1,000 of 2 MB, and what
 * was read of them once stays resident; it reads the others through its block cache. There is no option for it, so the number
 * is put where the library keeps it, once, before the first store is opened. Where that place does not hold what this very
 * library puts there, it is left alone.
 */
final class MappedTables {

    static final long TABLES_MAX = 160;

    private static final Logger LOG = LoggerFactory.getLogger(MappedTables.class);

    private static final long LIBRARYS_OWN = 1_000;
    /** The last field of LevelDB's environment in leveldbjni 1.8 for Linux on x86-64. */
    private static final long OFFSET_BYTES = 328;

    private static boolean done;

    private MappedTables() {}

    /** Limits them, the first time it is called. Fails as opening a store does where there is no native library. */
    static synchronized void limit() {
        NativeDB.LIBRARY.load();
        if (done || !isKnownPlatform()) {
            return;
        }
        done = true;
        try {
            if (left() == LIBRARYS_OWN) {
                put(TABLES_MAX);
            }
        } catch (ReflectiveOperationException changed) {
            LOG.warn("leveldbjni maps as many tables as it likes: {}", changed.toString());
        }
    }

    static boolean isKnownPlatform() {
        return System.getProperty("os.name").equals("Linux")
                && System.getProperty("os.arch").equals("amd64");
    }

    /** How many more may be mapped. */
    static long left() throws ReflectiveOperationException {
        ByteBuffer word = word();
        copying(long.class, long.class, byte[].class, long.class, long.class)
                .invoke(null, environment(), OFFSET_BYTES, word.array(), 0L, (long) Long.BYTES);
        return word.getLong(0);
    }

    private static void put(long tables) throws ReflectiveOperationException {
        copying(byte[].class, long.class, long.class, long.class, long.class)
                .invoke(null, word().putLong(0, tables).array(), 0L, environment(), OFFSET_BYTES, (long) Long.BYTES);
    }

    private static ByteBuffer word() {
        return ByteBuffer.allocate(Long.BYTES).order(ByteOrder.nativeOrder());
    }

    private static long environment() throws ReflectiveOperationException {
        return (long) method("Util$EnvJNI", "Default").invoke(null);
    }

    private static Method copying(Class<?>... parameters) throws ReflectiveOperationException {
        return method("NativeBuffer$NativeBufferJNI", "buffer_copy", parameters);
    }

    private static Method method(String type, String name, Class<?>... parameters) throws ReflectiveOperationException {
        Method method =
                Class.forName("org.fusesource.leveldbjni.internal." + type).getDeclaredMethod(name, parameters);
        method.setAccessible(true);
        return method;
    }
}
