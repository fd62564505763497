package dev.meridian.node.http;

import java.util.concurrent.atomic.AtomicLong;

/** How many bytes of requests a door holds at once: what comes on top is refused, so that the heap cannot run out. */
final class BytesInFlight {

    /** A request is held as bytes and as decoded values: several times its size, and several regions may share the heap. */
    private static final int HEAP_SHARE = 16;

    private static final long LEAST_BYTES_MAX = 48L << 20;

    private final long bytesMax;
    private final AtomicLong held = new AtomicLong();

    BytesInFlight(long bytesMax) {
        this.bytesMax = bytesMax;
    }

    /** As much as this machine's heap bears. */
    static BytesInFlight forThisHeap() {
        return new BytesInFlight(Math.max(LEAST_BYTES_MAX, Runtime.getRuntime().maxMemory() / HEAP_SHARE));
    }

    /** False where that would be too much; then nothing is taken. */
    boolean take(int bytes) {
        long after = held.addAndGet(bytes);
        if (after <= bytesMax) {
            return true;
        }
        held.addAndGet(-bytes);
        return false;
    }

    void release(int bytes) {
        held.addAndGet(-bytes);
    }

    long held() {
        return held.get();
    }
}
