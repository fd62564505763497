package dev.meridian.chaos.fault;

import java.util.ArrayList;
import java.util.List;

/** Memory of this process that nobody can use while it is held. Thread-safe. */
public final class MemoryBallast {

    private static final int PIECE_BYTES = 1 << 20;
    /** So much is always left: a process that cannot even say what is wrong with it shows nothing. */
    private static final long LEFT_BYTES = 24L << 20;

    private final List<byte[]> pieces = new ArrayList<>();

    /** Holds so much from now on, or as much as there is but for a rest. */
    public synchronized void hold(long bytes) {
        int wanted = (int) Math.min(Integer.MAX_VALUE, bytes / PIECE_BYTES);
        while (pieces.size() > wanted) {
            pieces.remove(pieces.size() - 1);
        }
        try {
            while (pieces.size() < wanted && freeBytes() > LEFT_BYTES) {
                pieces.add(new byte[PIECE_BYTES]);
            }
        } catch (OutOfMemoryError full) {
            while (pieces.size() > 0 && freeBytes() < LEFT_BYTES) {
                pieces.remove(pieces.size() - 1);
            }
        }
    }

    /** How much is held. */
    public synchronized long bytes() {
        return (long) pieces.size() * PIECE_BYTES;
    }

    private static long freeBytes() {
        Runtime runtime = Runtime.getRuntime();
        return runtime.maxMemory() - runtime.totalMemory() + runtime.freeMemory();
    }
}
