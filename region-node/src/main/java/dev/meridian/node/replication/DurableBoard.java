package dev.meridian.node.replication;

import dev.meridian.replication.link.PartitionRef;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Where the store's thread notes how far each log is durable, so that a thousand writes wake the source once. Lock-free.
 */
public final class DurableBoard {

    private final Map<PartitionRef, Long> durable = new ConcurrentHashMap<>();
    private final AtomicBoolean noted = new AtomicBoolean();
    private volatile Runnable wake = () -> {};

    /** What to do when there is something to take; called once until it has been taken. */
    public void onNote(Runnable newWake) {
        wake = newWake;
    }

    /** The log of a partition is durable up to there. */
    public void note(PartitionRef partition, long sequence) {
        durable.merge(partition, sequence, Math::max);
        if (noted.compareAndSet(false, true)) {
            wake.run();
        }
    }

    /** Takes what has been noted since the last time. */
    Map<PartitionRef, Long> take() {
        noted.set(false);
        Map<PartitionRef, Long> taken = new HashMap<>();
        for (PartitionRef partition : durable.keySet()) {
            Long sequence = durable.remove(partition);
            if (sequence != null) {
                taken.put(partition, sequence);
            }
        }
        return taken;
    }
}
