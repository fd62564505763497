package dev.meridian.chaos.drill;

import dev.meridian.chaos.drill.History.Operation;
import dev.meridian.chaos.drill.History.Outcome;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What holds in every region whatever happens to it, checked on a run's history. Pure. Operations that overlap may have taken
 * place in either order, so only those that do not are compared: nothing is counted that could be right.
 */
final class Checks {

    private final Map<Long, Operation> byNumber = new HashMap<>();
    private final Map<String, List<Operation>> byRegionAndKey = new HashMap<>();

    Checks(List<Operation> operations) {
        for (Operation operation : operations) {
            byNumber.put(operation.number(), operation);
            if (operation.outcome() == Outcome.DONE) {
                byRegionAndKey
                        .computeIfAbsent(operation.region() + "/" + operation.key(), none -> new ArrayList<>())
                        .add(operation);
            }
        }
    }

    /**
     * Reads that show what the region had shown to be gone: a value that comes back, or a write of a region after a later one of
     * the same region. Versions a region only grow, so there are none.
     */
    long wentBack() {
        return byRegionAndKey.values().stream().mapToLong(this::wentBack).sum();
    }

    private long wentBack(List<Operation> ofKey) {
        List<Operation> reads = ofKey.stream()
                .filter(operation -> !operation.isPut())
                .sorted(Comparator.comparingDouble(Operation::startMillis))
                .toList();
        List<Operation> byEnd = reads.stream()
                .sorted(Comparator.comparingDouble(Operation::endMillis))
                .toList();
        Set<Long> gone = new HashSet<>();
        long shown = -1;
        long count = 0;
        int ended = 0;
        for (Operation read : reads) {
            while (ended < byEnd.size() && byEnd.get(ended).endMillis() < read.startMillis()) {
                Operation before = byEnd.get(ended++);
                if (before.seen() != shown && !overlapsAny(before, byEnd, ended - 1)) {
                    if (shown >= 0) {
                        gone.add(shown);
                    }
                    shown = before.seen();
                }
            }
            boolean isBack = gone.contains(read.seen()) && read.seen() != shown;
            count += isBack || isOvertaken(read.seen(), shown) ? 1 : 0;
        }
        return count;
    }

    /** Whether a read began before the last one had ended, so that their order is open. */
    private static boolean overlapsAny(Operation read, List<Operation> byEnd, int at) {
        return at > 0 && byEnd.get(at - 1).endMillis() >= read.startMillis();
    }

    /** Whether the first of two writes had ended in their region before the second began there. */
    private boolean isOvertaken(long number, long later) {
        Operation one = byNumber.get(number);
        Operation other = byNumber.get(later);
        return one != null
                && other != null
                && one.region().equals(other.region())
                && one.outcome() == Outcome.DONE
                && one.endMillis() < other.startMillis();
    }

    /** Reads that do not see what their region had acknowledged before they began, nor anything that may have come after. */
    long ownWritesUnread() {
        return byRegionAndKey.values().stream().mapToLong(this::ownWritesUnread).sum();
    }

    private long ownWritesUnread(List<Operation> ofKey) {
        List<Operation> writes = ofKey.stream()
                .filter(Operation::isPut)
                .sorted(Comparator.comparingDouble(Operation::endMillis))
                .toList();
        List<Operation> reads = ofKey.stream()
                .filter(operation -> !operation.isPut())
                .sorted(Comparator.comparingDouble(Operation::startMillis))
                .toList();
        Operation last = null;
        int next = 0;
        long count = 0;
        for (Operation read : reads) {
            for (; next < writes.size() && writes.get(next).endMillis() < read.startMillis(); next++) {
                Operation write = writes.get(next);
                last = last == null || write.startMillis() > last.startMillis() ? write : last;
            }
            if (last != null && (read.seen() == 0 || isOvertaken(read.seen(), last.number()))) {
                count++;
            }
        }
        return count;
    }
}
