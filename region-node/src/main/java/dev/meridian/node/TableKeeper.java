package dev.meridian.node;

import dev.meridian.node.catalogue.CatalogueEvent;
import dev.meridian.node.catalogue.CatalogueState;
import dev.meridian.node.catalogue.TableState;
import dev.meridian.node.control.CatalogueWriter;
import dev.meridian.node.control.NewTable;
import dev.meridian.node.partition.PartitionActor;
import dev.meridian.node.partition.PartitionCommand;
import dev.meridian.node.partition.PartitionCore;
import dev.meridian.node.partition.PartitionDirectory;
import dev.meridian.node.partition.PartitionId;
import dev.meridian.node.replication.Replication;
import dev.meridian.node.settings.ServiceSettings;
import dev.meridian.node.settings.ServiceTimes;
import dev.meridian.replication.log.DroppedRows;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Props;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps partitions in step with the catalogue: opens those of new tables, removes the rows of tables that go. */
final class TableKeeper {

    private static final Logger LOG = LoggerFactory.getLogger(TableKeeper.class);
    private static final Duration DROP_AGAIN = Duration.ofSeconds(1);

    private final String region;
    private final ActorSystem<?> system;
    private final PartitionActor.Setting partitionSetting;
    private final PartitionDirectory partitions;
    private final CatalogueWriter writer;
    private final Executor reading;
    private final DroppedRows rows;
    private final ServiceSettings service;
    private final List<String> newReplicas;
    private final LastWrites lastWrites;
    private final Map<String, TableState> open = new HashMap<>();
    private final Set<String> dropping = new HashSet<>();

    TableKeeper(
            String region,
            ActorSystem<?> system,
            PartitionActor.Setting partitionSetting,
            PartitionDirectory partitions,
            CatalogueWriter writer,
            Executor reading,
            ServiceSettings service,
            List<String> newReplicas,
            LastWrites lastWrites) {
        this.region = region;
        this.system = system;
        this.partitionSetting = partitionSetting;
        this.partitions = partitions;
        this.writer = writer;
        this.reading = reading;
        this.rows = new DroppedRows(partitionSetting.store(), reading);
        this.service = service;
        this.newReplicas = newReplicas;
        this.lastWrites = lastWrites;
    }

    /** Brings the partitions in line with the catalogue. */
    synchronized void catalogueChanged(CatalogueState state, Replication replication) {
        for (TableState gone : List.copyOf(open.values())) {
            if (!state.tables().containsKey(gone.globalId())) {
                state.tables().values().stream()
                        .filter(table -> table.number() == gone.number())
                        .forEach(table -> rename(gone, table, replication));
            }
        }
        for (TableState table : state.tables().values()) {
            if (table.status() == TableState.Status.DELETING) {
                drop(table, replication);
            } else if (!open.containsKey(table.globalId())) {
                open(table, replication);
            } else if (!open.get(table.globalId()).schema().equals(table.schema())) {
                open.put(table.globalId(), table);
                partitions
                        .of(table.number())
                        .forEach(partition -> partition.tell(new PartitionCommand.Reshape(table.schema())));
            }
        }
    }

    private void open(TableState table, Replication replication) {
        List<ActorRef<PartitionCommand>> actors = new ArrayList<>();
        List<Long> sequences = new ArrayList<>();
        for (int partition = 0; partition < table.partitionCount(); partition++) {
            PartitionId id = id(table, partition);
            sequences.add(lastSequence(table, id));
            actors.add(system.systemActorOf(
                    PartitionActor.create(id, table.schema(), partitionSetting),
                    "partition-" + table.number() + "-" + partition,
                    Props.empty()));
        }
        open.put(table.globalId(), table);
        partitions.register(table.number(), actors);
        replication.opened(table, sequences);
        if (NewTable.isWaiting(table)) {
            makeReady(table);
        }
    }

    private long lastSequence(TableState table, PartitionId id) {
        return new PartitionCore(
                        id,
                        table.schema(),
                        partitionSetting.store(),
                        partitionSetting.stamps(),
                        partitionSetting.rules())
                .lastSequence();
    }

    private PartitionId id(TableState table, int partition) {
        return new PartitionId(region, table.number(), partition, table.globalId());
    }

    /** A table that has become one of this region's own: the same rows and partitions under another identifier. */
    private void rename(TableState gone, TableState table, Replication replication) {
        open.remove(gone.globalId());
        open.put(table.globalId(), gone.detachedAs(table.globalId()));
        replication.closed(gone);
        List<CompletableFuture<Long>> sequences = new ArrayList<>();
        List<ActorRef<PartitionCommand>> actors = partitions.of(table.number());
        for (int partition = 0; partition < actors.size(); partition++) {
            CompletableFuture<Long> sequence = new CompletableFuture<>();
            sequences.add(sequence);
            actors.get(partition).tell(new PartitionCommand.Rename(id(table, partition)));
            actors.get(partition).tell(new PartitionCommand.Mark(sequence));
        }
        CompletableFuture.allOf(sequences.toArray(CompletableFuture[]::new))
                .thenRun(() -> replication.opened(
                        table, sequences.stream().map(CompletableFuture::join).toList()));
    }

    /** A table that takes as long to create as the service takes; begun again when the region starts meanwhile. */
    private void makeReady(TableState table) {
        later(
                ServiceTimes.TABLE_CREATION,
                () -> writer.change(state -> NewTable.ready(state, table.globalId(), region, newReplicas))
                        .whenComplete((done, failure) -> {
                            if (failure != null) {
                                LOG.warn("{}: {} could not be made ready", region, table.name(), failure);
                            }
                        }));
    }

    private void later(long serviceMillis, Runnable task) {
        Duration delay = Duration.ofMillis(service.controlPlaneMillis(serviceMillis));
        system.scheduler().scheduleOnce(delay, task, system.executionContext());
    }

    private synchronized void drop(TableState table, Replication replication) {
        if (!dropping.add(table.globalId())) {
            return;
        }
        if (open.remove(table.globalId()) == null) {
            // It was going already when the region was started.
            replication.opened(table, sequences(table));
        }
        CompletableFuture<Void> due = new CompletableFuture<>();
        later(ServiceTimes.TABLE_DELETION, () -> due.complete(null));
        stopped(table)
                .thenCompose(stopped -> lastWrites.handOver(table, replication))
                .thenRun(() -> replication.closed(table))
                .thenCombine(due, (handedOver, passed) -> passed)
                .thenComposeAsync(go -> removeRows(table), reading)
                .thenCompose(gone -> writer.change(state -> dropped(state, table.globalId())))
                .whenComplete((done, failure) -> {
                    synchronized (this) {
                        dropping.remove(table.globalId());
                    }
                    if (failure != null) {
                        LOG.warn("{}: dropping {} failed, trying again", region, table.name(), failure);
                        system.scheduler()
                                .scheduleOnce(DROP_AGAIN, () -> drop(table, replication), system.executionContext());
                    }
                });
    }

    private List<Long> sequences(TableState table) {
        List<Long> sequences = new ArrayList<>();
        for (int partition = 0; partition < table.partitionCount(); partition++) {
            sequences.add(lastSequence(table, id(table, partition)));
        }
        return sequences;
    }

    /** Its partitions take no more, and have decided all that they took. */
    private CompletionStage<Void> stopped(TableState table) {
        List<CompletableFuture<Long>> decided = new ArrayList<>();
        for (ActorRef<PartitionCommand> partition : partitions.remove(table.number())) {
            CompletableFuture<Long> sequence = new CompletableFuture<>();
            decided.add(sequence);
            partition.tell(new PartitionCommand.Mark(sequence));
            partition.tell(PartitionCommand.Stop.INSTANCE);
        }
        return CompletableFuture.allOf(decided.toArray(CompletableFuture[]::new));
    }

    private CompletionStage<Void> removeRows(TableState table) {
        CompletionStage<Void> items = rows.removeAllButStreams(table.number());
        return table.here().streams().isEmpty() ? items.thenCompose(done -> rows.removeStreams(table.number())) : items;
    }

    /** Its stream stays, turned off, until it has been read for as long as it may. */
    private List<CatalogueEvent> dropped(CatalogueState state, String globalId) {
        List<CatalogueEvent> events = new ArrayList<>();
        state.byGlobalId(globalId).ifPresent(table -> {
            if (table.stream().isPresent()) {
                events.add(new CatalogueEvent.StreamEnded(
                        globalId, partitionSetting.clock().millis()));
            }
            events.add(new CatalogueEvent.TableDropped(globalId));
        });
        return events;
    }
}
