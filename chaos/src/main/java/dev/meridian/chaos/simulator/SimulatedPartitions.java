package dev.meridian.chaos.simulator;

import dev.meridian.conflict.HybridClock;
import dev.meridian.node.partition.ApplyOutcome;
import dev.meridian.node.partition.PartitionCore;
import dev.meridian.node.partition.PartitionId;
import dev.meridian.node.partition.PartitionRules;
import dev.meridian.replication.link.PartitionRef;
import dev.meridian.storage.WriteBatch;
import dev.meridian.table.definition.Ceiling;
import dev.meridian.table.definition.KeySchema;
import dev.meridian.table.definition.TableSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A region's partitions over its disk and by its clock, life after life: what one life began comes to nothing with it. */
final class SimulatedPartitions {

    private static final int TABLE = SimulatedDisk.TABLE;
    private static final String GLOBAL_TABLE = "table";
    /** Under which regions agree on the table's items, where they do. */
    private static final String AGREED = "agreed";

    private final SimulatedRegion region;
    private final int count;
    private final TableSchema schema;
    private final Surroundings surroundings;
    private final SimulatedDisk disk;
    private final Life life = new Life();
    private final List<PartitionCore> cores = new ArrayList<>();
    private HybridClock clock = new HybridClock(0);
    private boolean syncScheduled;

    /** None are open yet, the disk is empty. */
    SimulatedPartitions(SimulatedRegion region, int count, SimulatedDisk disk, Surroundings surroundings) {
        this.region = region;
        this.count = count;
        this.disk = disk;
        this.surroundings = surroundings;
        this.schema = new TableSchema(
                "table",
                "arn",
                TABLE,
                count,
                Map.of("id", "S"),
                new KeySchema(List.of("id"), List.of()),
                1,
                Ceiling.NONE,
                surroundings.agreeing(region).isPresent() ? AGREED : "",
                surroundings.conflictPolicy(region.name()),
                List.of());
    }

    /** A life begins, with what the disk holds. */
    void open() {
        life.begin();
        syncScheduled = false;
        clock = new HybridClock(disk.clockPassed());
        cores.clear();
        for (int partition = 0; partition < count; partition++) {
            cores.add(new PartitionCore(
                    new PartitionId(region.name(), TABLE, partition, GLOBAL_TABLE),
                    schema,
                    disk.store(),
                    clock,
                    new PartitionRules(surroundings.allowance(region), Long.MAX_VALUE, 0)));
        }
    }

    /** The life ends. */
    void end() {
        life.end();
        syncScheduled = false;
    }

    Life life() {
        return life;
    }

    SimulatedDisk disk() {
        return disk;
    }

    TableSchema table() {
        return schema;
    }

    HybridClock clock() {
        return clock;
    }

    int count() {
        return count;
    }

    PartitionCore core(int partition) {
        return cores.get(partition);
    }

    static PartitionRef ref(int partition) {
        return new PartitionRef(GLOBAL_TABLE, partition);
    }

    long wallMillis() {
        return surroundings.nowMillis() + surroundings.clockOffsetMillis(region) + 1_000_000;
    }

    /** The last sequence decided here, by partition. */
    List<Long> lastSequences() {
        return cores.stream().map(PartitionCore::lastSequence).toList();
    }

    /** Runs the task later, if this life lasts. */
    void later(long delayMillis, Runnable task) {
        long now = life.count();
        surroundings.after(delayMillis, () -> {
            if (life.count() == now) {
                life.take(task);
            }
        });
    }

    /** Gives the batch to the disk; told when it is durable, if this life lasts. */
    void commit(WriteBatch batch, Runnable durable) {
        long now = life.count();
        disk.store().commit(batch).whenComplete((done, failure) -> {
            if (failure == null && life.count() == now) {
                durable.run();
            }
        });
        if (!syncScheduled) {
            syncScheduled = true;
            later(surroundings.diskMillis(region), () -> {
                if (surroundings.isSyncFailing(region)) {
                    // Nothing is synced any more until the region has been started again.
                    return;
                }
                syncScheduled = false;
                disk.store().sync(Integer.MAX_VALUE);
                surroundings.synced(region);
            });
        }
    }

    /** Commits what a partition has merged. */
    void commit(PartitionCore core, ApplyOutcome.Merged merged, Runnable durable) {
        commit(merged.batch(), () -> {
            core.durable(merged.ticket());
            durable.run();
        });
    }
}
