package dev.meridian.storage.leveldb;

import dev.meridian.storage.StoreException;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;

/**
 * Guards a native handle: users pass while it is open, closing waits until the last has left, and nobody passes after.
 * LevelDB JNI crashes the process when a read meets a close.
 */
final class HandleGate {

    private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
    private boolean closed;

    /** Uses the handle; fails with CLOSED once the gate is shut. Users may nest. */
    <T> T use(Supplier<T> action) {
        lock.readLock().lock();
        try {
            if (closed) {
                throw new StoreException(StoreException.Kind.CLOSED, "the store is closed");
            }
            return action.get();
        } finally {
            lock.readLock().unlock();
        }
    }

    /** Shuts the gate and releases the handle, once. Not to be called from inside {@link #use}. */
    void close(Runnable release) {
        lock.writeLock().lock();
        try {
            if (!closed) {
                closed = true;
                release.run();
            }
        } finally {
            lock.writeLock().unlock();
        }
    }
}
