package dev.meridian.chaos.world;

import dev.meridian.chaos.fault.DoorRule;
import dev.meridian.chaos.fault.FaultBoard;
import dev.meridian.chaos.fault.LinkFault;
import dev.meridian.chaos.fault.RegionFault;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;

/** A world whose faults stand on a board: what changes is put there, and the regions are told. */
abstract class BoardWorld implements World {

    private final FaultBoard board;
    private final InstantSource clock;

    /** {@code clock} is the regions' wall clock before it is bent. */
    BoardWorld(FaultBoard board, InstantSource clock) {
        this.board = board;
        this.clock = clock;
    }

    /** Throws IllegalArgumentException where no such region runs here. */
    abstract void check(String region);

    /** The board has changed; completes when every live region goes by it. */
    abstract CompletionStage<Void> tellAll();

    @Override
    public FaultBoard faults() {
        return board;
    }

    @Override
    public long wallMillis() {
        return clock.millis();
    }

    @Override
    public CompletionStage<Void> setLink(String from, String to, LinkFault fault) {
        check(from);
        check(to);
        board.setLink(from, to, fault);
        return tellAll();
    }

    @Override
    public CompletionStage<Void> healLink(String from, String to) {
        check(from);
        check(to);
        board.healLink(from, to);
        return tellAll();
    }

    @Override
    public CompletionStage<Void> setDoorRules(List<DoorRule> rules) {
        board.setDoorRules(rules);
        return tellAll();
    }

    @Override
    public CompletionStage<Void> bend(String region, UnaryOperator<RegionFault> how) {
        check(region);
        RegionFault before = board.region(region);
        RegionFault after = how.apply(before);
        board.setRegion(region, after);
        CompletionStage<Void> told = tellAll();
        return needsReopening(before) && !needsReopening(after)
                ? told.thenCompose(done -> kill(region)).thenCompose(done -> heal(region))
                : told;
    }

    @Override
    public CompletionStage<Void> healAll() {
        List<String> toReopen = board.faultyRegions().entrySet().stream()
                .filter(region -> needsReopening(region.getValue()))
                .map(Map.Entry::getKey)
                .toList();
        board.healAll();
        CompletionStage<Void> healed = tellAll();
        for (String region : toReopen) {
            healed = healed.thenCompose(done -> kill(region));
        }
        for (String region : regions()) {
            healed = healed.thenCompose(done -> heal(region));
        }
        return healed;
    }

    /** Nobody knows what is on a disk whose syncs failed: once they do not any more, the region starts again. */
    private static boolean needsReopening(RegionFault fault) {
        return fault.disk().syncError();
    }
}
