package dev.meridian.chaos.drill;

import dev.meridian.chaos.drill.History.Operation;
import dev.meridian.chaos.drill.History.Outcome;
import dev.meridian.chaos.linearizability.Linearizability;
import dev.meridian.chaos.linearizability.RegisterOperation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Whether the history of each key is that of a register. In a strongly consistent table it is, whoever reads and writes; in any other
 * it is within a region, where that region alone writes the key. Keys that several regions write are left out: nobody promises
 * anything about them.
 */
final class RegisterCheck {

    /** A history that is longer is looked at up to here: the search takes the square of it. */
    private static final int OPERATIONS_MAX = 3_000;

    private static final String NOTHING = "0";
    private static final double NANOS_PER_MILLI = 1e6;

    private int checked;
    private int broken;
    private String example = "";

    private RegisterCheck() {}

    static RegisterCheck of(List<Operation> operations, boolean isStrong) {
        Map<String, List<Operation>> byKey = new TreeMap<>();
        operations.forEach(operation -> byKey.computeIfAbsent(operation.key(), none -> new ArrayList<>())
                .add(operation));
        RegisterCheck check = new RegisterCheck();
        byKey.forEach((key, ofKey) -> {
            Set<String> writers = new HashSet<>();
            ofKey.stream()
                    .filter(operation -> operation.isPut() && operation.outcome() != Outcome.REFUSED)
                    .forEach(put -> writers.add(put.region()));
            if (isStrong) {
                check.look(key, ofKey);
            } else if (writers.size() == 1) {
                check.look(
                        key,
                        ofKey.stream()
                                .filter(operation -> writers.contains(operation.region()))
                                .toList());
            }
        });
        return check;
    }

    private void look(String key, List<Operation> ofKey) {
        List<RegisterOperation> register = new ArrayList<>();
        int taken = Math.min(OPERATIONS_MAX, ofKey.size());
        double until = 0;
        for (Operation operation : ofKey.subList(0, taken)) {
            asRegister(operation).ifPresent(register::add);
            until = Math.max(until, operation.endMillis());
        }
        // What had begun by then may have been seen.
        for (Operation operation : ofKey.subList(taken, ofKey.size())) {
            if (operation.isPut() && operation.startMillis() <= until) {
                asRegister(operation)
                        .map(write -> new RegisterOperation(write.begin(), RegisterOperation.NEVER, write.effect()))
                        .ifPresent(register::add);
            }
        }
        if (register.stream().noneMatch(operation -> operation.effect() instanceof RegisterOperation.Read)) {
            return;
        }
        checked++;
        Optional<String> breach = Linearizability.breach(NOTHING, register);
        if (breach.isPresent()) {
            broken++;
            example = example.isEmpty() ? key + ": " + breach.get() : example;
        }
    }

    private static Optional<RegisterOperation> asRegister(Operation operation) {
        long begin = (long) (operation.startMillis() * NANOS_PER_MILLI);
        boolean isDone = operation.outcome() == Outcome.DONE;
        if (operation.isPut()) {
            return operation.outcome() == Outcome.REFUSED
                    ? Optional.empty()
                    : Optional.of(new RegisterOperation(
                            begin,
                            isDone ? (long) (operation.endMillis() * NANOS_PER_MILLI) : RegisterOperation.NEVER,
                            new RegisterOperation.Write(Long.toString(operation.number()))));
        }
        return isDone
                ? Optional.of(new RegisterOperation(
                        begin,
                        (long) (operation.endMillis() * NANOS_PER_MILLI),
                        new RegisterOperation.Read(Long.toString(operation.seen()))))
                : Optional.empty();
    }

    /** How many keys were looked at: those that somebody read. */
    int checked() {
        return checked;
    }

    /** How many of them no order explains. */
    int broken() {
        return broken;
    }

    /** The first of those, in words; empty where there is none. */
    String example() {
        return example;
    }
}
