package dev.meridian.chaos.virtual;

import dev.meridian.chaos.fault.DoorRule;
import dev.meridian.chaos.fault.FaultBoard;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * What doors in virtual time do to requests by the board's rules. Clients keep their connections and open another when all are busy:
 * those there were before new ones fail go on.
 */
final class VirtualGate {

    private final FaultBoard board;
    private final String table;
    private final SplittableRandom random;
    private final Map<String, Integer> busy = new HashMap<>();
    private final Map<String, Integer> connections = new HashMap<>();

    /** {@code table}: what the drill's table is called, for rules that name one. */
    VirtualGate(FaultBoard board, String table, SplittableRandom random) {
        this.board = board;
        this.table = table;
        this.random = random;
    }

    /** A request takes a connection; what is done to it, if anything. */
    Optional<DoorRule> enter(String region, String operation) {
        int taken = busy.merge(region, 1, Integer::sum);
        Optional<DoorRule> rule = board.doorRules().stream()
                .filter(one -> one.fits(region, "dynamodb", operation)
                        && (one.table().isEmpty() || one.table().equals(table)))
                .findFirst();
        boolean isNew = taken > connections.getOrDefault(region, 0);
        boolean failsNew =
                rule.filter(one -> one.effect() == DoorRule.Effect.REFUSE_NEW).isPresent();
        if (isNew && !failsNew) {
            connections.put(region, taken);
        }
        return rule.filter(one -> isNew || !failsNew)
                .filter(one -> one.probability() >= 1 || random.nextDouble() < one.probability());
    }

    /** The request is over. */
    void leave(String region) {
        busy.merge(region, -1, Integer::sum);
    }
}
