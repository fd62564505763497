package dev.meridian.chaos.linearizability;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Looks for an order of the operations on one item that explains them all: the search of Wing and Gong ("Testing and
 * Verifying Concurrent Objects", 1993) that remembers what it has tried, after Lowe ("Testing for Linearizability", 2017).
 * An operation may come next if no other that has not come yet had ended before it began. Writes of which nobody knows
 * whether they took place may come at any time after their beginning, or never; those whose value nobody saw are left out, as
 * they explain nothing.
 *
 * <p>Values should be written once each: then the search hardly ever has to turn back.
 */
public final class Linearizability {

    private record Position(BitSet placed, String state) {}

    private final List<RegisterOperation> operations;

    private Linearizability(List<RegisterOperation> operations) {
        this.operations = operations;
    }

    /**
     * Why the operations cannot be explained, in words; empty where they can.
     *
     * @param initial the item's value before all of them
     */
    public static Optional<String> breach(String initial, List<RegisterOperation> operations) {
        Set<String> seen = new HashSet<>();
        for (RegisterOperation operation : operations) {
            if (operation.effect() instanceof RegisterOperation.Read read) {
                seen.add(read.value());
            } else if (operation.effect() instanceof RegisterOperation.Swap swap) {
                seen.add(swap.expected());
            }
        }
        List<RegisterOperation> telling = new ArrayList<>(operations);
        telling.removeIf(operation -> !operation.hasEnded() && !seen.contains(operation.after("")));
        telling.sort(Comparator.comparingLong(RegisterOperation::begin));
        return new Linearizability(telling).search(initial);
    }

    private Optional<String> search(String initial) {
        ArrayDeque<Position> open = new ArrayDeque<>();
        Set<Position> tried = new HashSet<>();
        Position start = new Position(new BitSet(), initial);
        Position furthest = start;
        open.push(start);
        while (!open.isEmpty()) {
            Position position = open.pop();
            if (isWhole(position)) {
                return Optional.empty();
            }
            if (position.placed().cardinality() > furthest.placed().cardinality()) {
                furthest = position;
            }
            List<Integer> next = candidates(position);
            for (int i = next.size() - 1; i >= 0; i--) {
                Position further = place(position, next.get(i));
                if (tried.add(further)) {
                    open.push(further);
                }
            }
        }
        return Optional.of(explain(furthest));
    }

    private boolean isWhole(Position position) {
        for (int i = position.placed().nextClearBit(0);
                i < operations.size();
                i = position.placed().nextClearBit(i + 1)) {
            if (operations.get(i).hasEnded()) {
                return false;
            }
        }
        return true;
    }

    /**
     * What may come next: nothing that is not placed ended before it began, and it saw what the item is. A read that may
     * come at once does: it leaves everything as it is for the others.
     */
    private List<Integer> candidates(Position position) {
        List<Integer> fitting = new ArrayList<>();
        for (int i : waiting(position)) {
            RegisterOperation operation = operations.get(i);
            if (operation.fits(position.state())) {
                if (operation.effect() instanceof RegisterOperation.Read) {
                    return List.of(i);
                }
                fitting.add(i);
            }
        }
        return fitting;
    }

    private List<Integer> waiting(Position position) {
        List<Integer> waiting = new ArrayList<>();
        long firstEnd = RegisterOperation.NEVER;
        for (int i = position.placed().nextClearBit(0);
                i < operations.size();
                i = position.placed().nextClearBit(i + 1)) {
            RegisterOperation operation = operations.get(i);
            if (operation.begin() > firstEnd) {
                break;
            }
            waiting.add(i);
            firstEnd = Math.min(firstEnd, operation.end());
        }
        return waiting;
    }

    private Position place(Position position, int operation) {
        BitSet placed = (BitSet) position.placed().clone();
        placed.set(operation);
        return new Position(placed, operations.get(operation).after(position.state()));
    }

    private String explain(Position furthest) {
        StringBuilder words = new StringBuilder(200)
                .append("no order explains these operations: after ")
                .append(furthest.placed().cardinality())
                .append(" of ")
                .append(operations.size())
                .append(" the item is '")
                .append(furthest.state())
                .append("', and none of these can come next:");
        waiting(furthest).forEach(i -> words.append("\n  ").append(operations.get(i)));
        return words.toString();
    }
}
