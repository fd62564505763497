package dev.meridian.chaos.simulator;

import dev.meridian.node.partition.ApplyOutcome;
import dev.meridian.node.partition.CopiedRow;
import dev.meridian.node.partition.PartitionCore;
import dev.meridian.node.replication.CopyServer;
import dev.meridian.node.replication.ForgottenRows;
import dev.meridian.replication.link.CopyPage;
import dev.meridian.table.key.ItemKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A region at either end of a copy: gives pages of its replica, or takes those of another. */
final class CopyEnd {

    /** Small, so that a copy takes many pages. */
    private static final int COPY_PAGE_BYTES = 400;

    private final String region;
    private final SimulatedPartitions partitions;

    CopyEnd(String region, SimulatedPartitions partitions) {
        this.region = region;
        this.partitions = partitions;
    }

    /** Takes rows of another replica; told when they are durable. */
    void merge(List<CopyPage.Row> rows, Runnable durable) {
        Map<Integer, List<CopiedRow>> byPartition = new TreeMap<>();
        for (CopyPage.Row row : rows) {
            byPartition
                    .computeIfAbsent(new ItemKey(row.key()).partition(partitions.count()), none -> new ArrayList<>())
                    .add(new CopiedRow(row.key(), row.image()));
        }
        int[] left = {byPartition.size()};
        byPartition.forEach((partition, copied) ->
                take(partition, core -> core.merge(copied, false, partitions.wallMillis()), () -> {
                    left[0]--;
                    if (left[0] == 0) {
                        durable.run();
                    }
                }));
        if (left[0] == 0) {
            durable.run();
        }
    }

    /** Takes over what a peer knows of an origin's log. */
    void adopt(CopyPage.Position position, Runnable durable) {
        take(position.partition(), core -> core.adopt(position.origin(), position.sequence()), durable);
    }

    private void take(int partition, Function<PartitionCore, ApplyOutcome> decision, Runnable durable) {
        PartitionCore core = partitions.core(partition);
        ApplyOutcome.Merged merged = (ApplyOutcome.Merged) decision.apply(core);
        partitions.commit(core, merged, durable);
    }

    /** A page of this replica, for one that copies it. */
    CopyPage page(Set<String> origins, byte @Nullable [] from) {
        return new CopyServer(region, partitions.disk().store(), COPY_PAGE_BYTES)
                .page(new CopyServer.Table(SimulatedDisk.TABLE, partitions.count(), origins), from, null);
    }

    /** What this region holds, and a page of a peer's shows to be deleted there. */
    ForgottenRows forgottenRows() {
        return new ForgottenRows(partitions.disk().store(), SimulatedDisk.TABLE, partitions.count());
    }
}
