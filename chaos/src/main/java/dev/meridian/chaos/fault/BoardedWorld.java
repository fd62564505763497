package dev.meridian.chaos.fault;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;

/** A {@link Breakable} whose faults stand on a board here; what must be done besides is its own. */
public interface BoardedWorld extends Breakable {

    /** What is wrong at the moment. */
    FaultBoard faults();

    /** The right time, in milliseconds. */
    long wallMillis();

    /** From now on the region is like this. */
    CompletionStage<Void> bend(String region, UnaryOperator<RegionFault> how);

    /** From now on the link is like this. */
    CompletionStage<Void> setLink(String from, String to, LinkFault fault);

    /** From now on the doors follow these rules; the first that fits decides. */
    CompletionStage<Void> setDoorRules(List<DoorRule> rules);

    @Override
    default CompletionStage<Void> slowStart(String region, long delayMillis) {
        return bend(region, now -> now.withStartDelay(delayMillis));
    }

    @Override
    default CompletionStage<Void> skew(String region, long offsetMillis) {
        return bend(region, now -> now.with(now.clock().withOffset(offsetMillis, wallMillis())));
    }

    @Override
    default CompletionStage<Void> drift(String region, long perMillion) {
        return bend(region, now -> now.with(now.clock().withDrift(perMillion, wallMillis())));
    }

    @Override
    default CompletionStage<Void> jump(String region, long byMillis) {
        return bend(region, now -> now.with(now.clock().jumped(byMillis, wallMillis())));
    }

    @Override
    default CompletionStage<Void> bendDisk(String region, DiskFault.Part part, long value) {
        return bend(region, now -> now.with(now.disk().with(part, value)));
    }

    @Override
    default CompletionStage<Void> squeeze(String region, long bytes) {
        return bend(region, now -> now.withMemory(bytes));
    }

    @Override
    default CompletionStage<Void> limitTables(String region, double readUnits, double writeUnits) {
        return bend(region, now -> now.with(now.shortage().ofTables(readUnits, writeUnits)));
    }

    @Override
    default CompletionStage<Void> limitPartitions(String region, double readUnits, double writeUnits) {
        return bend(region, now -> now.with(now.shortage().ofPartitions(readUnits, writeUnits)));
    }

    @Override
    default CompletionStage<Void> cut(String from, String to) {
        return setLink(from, to, faults().link(from, to).withCut(true));
    }

    @Override
    default CompletionStage<Void> slow(String from, String to, LinkFault how) {
        LinkFault now = faults().link(from, to);
        return setLink(
                from,
                to,
                new LinkFault(
                        now.cut(),
                        how.latencyMillis(),
                        how.jitterMillis(),
                        how.lossRatio(),
                        now.bytesPerSecond(),
                        how.duplicateRatio(),
                        how.reorderRatio(),
                        now.flapMillis()));
    }

    @Override
    default CompletionStage<Void> flap(String from, String to, long everyMillis) {
        return setLink(from, to, faults().link(from, to).withFlap(everyMillis));
    }

    @Override
    default CompletionStage<Void> addDoorRule(DoorRule rule) {
        List<DoorRule> rules = new ArrayList<>(faults().doorRules());
        rules.add(rule);
        return setDoorRules(rules);
    }

    @Override
    default CompletionStage<Void> removeDoorRule(DoorRule rule) {
        List<DoorRule> rules = new ArrayList<>(faults().doorRules());
        rules.remove(rule);
        return setDoorRules(rules);
    }
}
