package dev.meridian.storage.leveldb;

import java.nio.file.Path;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * Where and how a store is kept.
 *
 * @param directory the store's folder, of its own
 * @param owner what the store belongs to, for example a region's name; a folder of another owner is refused
 * @param engine which LevelDB
 * @param freeBytes how much space the disk has left
 * @param reservedBytes commits are refused while less than this is left: LevelDB JNI dies with the process on a full disk
 * @param writeBufferBytes LevelDB's write buffer
 * @param cacheBytes LevelDB's block cache
 * @param logKinds first bytes of the keys of rows that are only added, in their order, and later deleted in it: kept apart
 */
public record StoreSettings(
        Path directory,
        String owner,
        Engine engine,
        LongSupplier freeBytes,
        long reservedBytes,
        int writeBufferBytes,
        long cacheBytes,
        Set<Byte> logKinds) {

    /** Which LevelDB. */
    public enum Engine {
        /** leveldbjni where its native library loads, else the pure-Java port. */
        AUTO,
        NATIVE,
        JAVA
    }

    private static final long RESERVED_BYTES = 256L << 20;
    private static final int WRITE_BUFFER_BYTES = 8 << 20;
    private static final long CACHE_BYTES = 16L << 20;

    /** The usual settings for a store in a folder. */
    public static StoreSettings of(Path directory, String owner) {
        return new StoreSettings(
                directory,
                owner,
                Engine.AUTO,
                () -> directory.toFile().getUsableSpace(),
                RESERVED_BYTES,
                WRITE_BUFFER_BYTES,
                CACHE_BYTES,
                Set.of());
    }

    public StoreSettings withEngine(Engine other) {
        return new StoreSettings(
                directory, owner, other, freeBytes, reservedBytes, writeBufferBytes, cacheBytes, logKinds);
    }

    public StoreSettings withFreeBytes(LongSupplier other) {
        return new StoreSettings(
                directory, owner, engine, other, reservedBytes, writeBufferBytes, cacheBytes, logKinds);
    }

    public StoreSettings withLogKinds(Set<Byte> other) {
        return new StoreSettings(
                directory, owner, engine, freeBytes, reservedBytes, writeBufferBytes, cacheBytes, Set.copyOf(other));
    }
}
