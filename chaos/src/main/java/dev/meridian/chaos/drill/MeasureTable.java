package dev.meridian.chaos.drill;

import java.util.List;

/** A table for a measurement, made and waited for. */
final class MeasureTable {

    private static final long READY_NANOS_MAX = 1_800_000_000_000L;

    private final RemoteTable table;

    MeasureTable(RemoteTable table) {
        this.table = table;
    }

    void create(String region, List<String> replicas) {
        check("CreateTable", table.create(region));
        await(region, replicas.size());
        replicas.forEach(replica -> await(replica, replicas.size()));
    }

    void addReplica(String region, String replica) {
        check("UpdateTable", table.updateReplicas(region, "", "Create", List.of(replica)));
    }

    /** Waits until the table is in use in a region with so many other replicas. */
    void await(String region, int others) {
        table.await(region, others, READY_NANOS_MAX);
    }

    private static void check(String operation, String answer) {
        if (RemoteTable.isRefusal(answer)) {
            throw new IllegalStateException(operation + " was refused: " + answer);
        }
    }
}
