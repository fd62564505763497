package dev.meridian.node.replication;

import dev.meridian.node.catalogue.CatalogueEvent;
import dev.meridian.node.catalogue.CatalogueState;
import dev.meridian.node.catalogue.Member;
import dev.meridian.node.catalogue.TableState;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The copies this region makes of others' tables: of those new here, and of those whose log it can no longer follow. */
final class TableCopies {

    private static final Logger LOG = LoggerFactory.getLogger(TableCopies.class);
    private static final Duration AGAIN = Duration.ofMillis(500);

    /** How long the service takes for a replica of an empty table, and of one with items. */
    private static final long EMPTY_REPLICA_MILLIS = 30_000;

    private static final long REPLICA_MILLIS = 600_000;

    private final Replication.Setting setting;
    private final OpenTables tables;
    private final Map<String, TableCopy> underWay = new ConcurrentHashMap<>();
    private final Set<String> running = ConcurrentHashMap.newKeySet();

    TableCopies(Replication.Setting setting, OpenTables tables) {
        this.setting = setting;
        this.tables = tables;
    }

    void catalogueChanged(CatalogueState state) {
        state.tables().values().forEach(this::copyIfNew);
    }

    /** A table that is being created here because it exists elsewhere is copied from there. */
    private void copyIfNew(TableState table) {
        boolean isNew = table.status() == TableState.Status.CREATING
                && !setting.partitions().of(table.number()).isEmpty();
        String peer = table.replicas().entrySet().stream()
                .filter(replica -> replica.getValue() == Member.Phase.ACTIVE)
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(null);
        if (!isNew || peer == null || !running.add(table.globalId())) {
            return;
        }
        copy(table, peer)
                .thenCompose(rows -> waitToBeActive(table, rows))
                .thenCompose(done -> setting.writer().change(state -> activation(state, table.globalId())))
                .whenComplete((done, failure) -> {
                    running.remove(table.globalId());
                    if (failure != null) {
                        LOG.info(
                                "{}: copying {} from {} failed, trying again: {}",
                                setting.region(),
                                table.name(),
                                peer,
                                failure.getMessage());
                        later(
                                AGAIN,
                                () -> setting.catalogue()
                                        .state()
                                        .byGlobalId(table.globalId())
                                        .ifPresent(this::copyIfNew));
                    }
                });
    }

    private static List<CatalogueEvent> activation(CatalogueState state, String globalId) {
        return state.byGlobalId(globalId)
                .filter(table -> table.status() == TableState.Status.CREATING)
                .<List<CatalogueEvent>>map(
                        table -> List.of(new CatalogueEvent.StatusChanged(globalId, TableState.Status.ACTIVE)))
                .orElse(List.of());
    }

    /** A copy is made sooner than the service's; it is ACTIVE when the service's would be, if people want that. */
    private CompletionStage<Void> waitToBeActive(TableState table, long rows) {
        long whole = setting.service().controlPlaneMillis(rows == 0 ? EMPTY_REPLICA_MILLIS : REPLICA_MILLIS);
        // A wall clock that was put back meanwhile makes it no longer than it is for a new table.
        long left =
                Math.min(whole, table.createdMillis() + whole - setting.clock().millis());
        CompletableFuture<Void> due = new CompletableFuture<>();
        if (left <= 0) {
            due.complete(null);
        } else {
            later(Duration.ofMillis(left), () -> due.complete(null));
        }
        return due;
    }

    /** The peer's log no longer reaches back to where this region stands: copy the table, then follow from there. */
    void recopy(String globalId, String peer) {
        TableState table = tables.table(globalId).orElse(null);
        String copy = globalId + " from " + peer;
        if (table == null || !running.add(copy)) {
            return;
        }
        LOG.warn(
                "{}: records of {} are missing in the log of {}; copying the table",
                setting.region(),
                table.name(),
                peer);
        copy(table, peer).whenComplete((rows, failure) -> running.remove(copy));
    }

    /** A member has gone: what it wrote last may have reached some of the others only, and it sends nothing any more. */
    void compareWithAll(TableState table) {
        later(
                AGAIN,
                () -> tables.table(table.globalId()).ifPresent(now -> {
                    for (String peer : now.replicas().keySet()) {
                        String copy = now.globalId() + " from " + peer;
                        boolean isHeldByBoth = now.status() == TableState.Status.ACTIVE && now.isReplicatedWith(peer);
                        if (isHeldByBoth && running.add(copy)) {
                            copy(now, peer).whenComplete((rows, failure) -> running.remove(copy));
                        }
                    }
                }));
    }

    private CompletionStage<Long> copy(TableState table, String peer) {
        TableCopy copy = TableCopy.of(table, peer, setting);
        underWay.put(table.globalId(), copy);
        return copy.run().whenComplete((rows, failure) -> underWay.remove(table.globalId(), copy));
    }

    /** How much of a table that is being copied is here; empty where none is. */
    Optional<Integer> percent(String globalId) {
        return Optional.ofNullable(underWay.get(globalId)).map(TableCopy::percent);
    }

    private void later(Duration delay, Runnable task) {
        setting.system().scheduler().scheduleOnce(delay, task, setting.system().executionContext());
    }
}
