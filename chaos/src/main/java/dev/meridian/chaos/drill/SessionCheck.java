package dev.meridian.chaos.drill;

import dev.meridian.chaos.drill.History.Operation;
import dev.meridian.chaos.drill.History.Outcome;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What each client saw of its own doings, whatever region it asked. Pure. Who carries a session's token is promised to read its own
 * writes, and that a later one stays; of what others have written nothing is promised. Nothing is counted that could be right:
 * only where it is certain that one write is older than another.
 */
final class SessionCheck {

    private final Map<Long, Operation> byNumber = new HashMap<>();
    private final Map<String, Long> held;
    private final boolean isCarried;
    private long checked;
    private long unread;
    private long wentBack;
    private long reordered;

    /**
     * @param held of each key, the number of the write that regions agree on in the end
     * @param isCarried whether clients carry tokens, so that their writes have an order
     */
    SessionCheck(List<Operation> operations, Map<String, Long> held, boolean isCarried) {
        this.held = held;
        this.isCarried = isCarried;
        Map<Long, List<Operation>> byClient = new TreeMap<>();
        for (Operation operation : operations) {
            byNumber.put(operation.number(), operation);
            byClient.computeIfAbsent(operation.client(), none -> new ArrayList<>())
                    .add(operation);
        }
        byClient.values().forEach(this::look);
    }

    private void look(List<Operation> ofClient) {
        Map<String, Operation> written = new HashMap<>();
        Map<String, List<Long>> earlier = new HashMap<>();
        Map<String, Long> seen = new HashMap<>();
        ofClient.sort(Comparator.comparingDouble(Operation::startMillis).thenComparingLong(Operation::number));
        for (Operation operation : ofClient) {
            if (operation.isAcknowledgedWrite()) {
                Operation before = written.put(operation.key(), operation);
                if (before != null) {
                    earlier.computeIfAbsent(operation.key(), none -> new ArrayList<>())
                            .add(before.number());
                }
            } else if (!operation.isPut() && operation.outcome() == Outcome.DONE) {
                read(operation, written.get(operation.key()), seen.put(operation.key(), operation.seen()));
            }
        }
        reordered += earlier.entrySet().stream()
                .filter(writes -> writes.getValue().contains(held.getOrDefault(writes.getKey(), 0L)))
                .count();
    }

    private void read(Operation read, @Nullable Operation written, @Nullable Long seenBefore) {
        if (written != null) {
            checked++;
            unread += isOlder(read.seen(), written) ? 1 : 0;
        }
        Operation before = seenBefore == null ? null : byNumber.get(seenBefore);
        wentBack += before != null && isOlder(read.seen(), before) ? 1 : 0;
    }

    /** Whether what was seen is certainly older than a write. */
    private boolean isOlder(long seen, Operation write) {
        if (seen == 0) {
            return true;
        }
        Operation other = byNumber.get(seen);
        return other != null
                && other.outcome() == Outcome.DONE
                && other.endMillis() < write.startMillis()
                && (other.region().equals(write.region()) || isCarried && other.client() == write.client());
    }

    /** Reads of keys that their client had written before. */
    long checked() {
        return checked;
    }

    /** Those of them that show neither that write nor one that may have come after it. */
    long ownWritesUnread() {
        return unread;
    }

    /** Reads that show what is older than what their client had read before. */
    long readsWentBack() {
        return wentBack;
    }

    /** Keys that show in the end what their client has overwritten itself. */
    long writesReordered() {
        return reordered;
    }
}
